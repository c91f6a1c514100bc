package dev.parley.server.callbacks;

import static dev.parley.server.fuzz.Seeds.hold;

import dev.parley.connector.AccountSettings;
import dev.parley.connector.CallbackReceiver;
import dev.parley.connector.Connector;
import dev.parley.connector.ProviderUpdate;
import dev.parley.connector.RawUpdate;
import dev.parley.connectors.Connectors;
import dev.parley.server.fuzz.FuzzTarget;
import dev.parley.server.fuzz.Seeds;
import dev.parley.server.platform.json.Json;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What providers post: verified, split, understood, and made into the payload that is stored. Nothing throws, nothing that was not
 * signed passes, each update can be stored and is understood alike each time, and a small body does not become a large one.
 */
public final class CallbackFuzz implements FuzzTarget {

    private static final List<String> SIGNATURES = List.of("x-hub-signature-256", "x-parley-signature");
    private static final int UPDATE = 8_192;
    private static final int ESCAPED = 12;

    @Override
    public void take(byte[] body) {
        for (Connector connector : Connectors.all()) {
            CallbackReceiver receiver = connector.callbacks();
            List<RawUpdate> updates = receiver.split(body);
            long written = 0;
            for (RawUpdate update : updates) {
                written += update.json().length();
                hold(update.json().chars().allMatch(c -> c >= ' ' && c <= 0x7f), "an update in visible ASCII");
                ProviderUpdate parsed = receiver.parse(update.json());
                hold(parsed.equals(receiver.parse(update.json())), "the same each time");
                stored(parsed);
            }
            hold(written <= (long) UPDATE * updates.size() + (long) ESCAPED * body.length, "updates not much larger");
            String text = Seeds.text(body);
            stored(receiver.parse(text));
            forged(receiver, body, text);
        }
    }

    private static void stored(ProviderUpdate update) {
        if (update instanceof ProviderUpdate.Inbound inbound) {
            hold(!inbound.from().isEmpty() && !inbound.providerMessageId().isBlank(), "somebody wrote something");
            String payload = InboundPayload.of(inbound.content(), null, null);
            hold(payload.indexOf(0) < 0 && !payload.contains("\\u0000"), "a payload that can be stored");
            Json.MAPPER.readTree(payload);
        }
        if (update instanceof ProviderUpdate.Status status) {
            hold((status.error() != null) == (status.status() == ProviderUpdate.Reported.FAILED), "why it failed");
            hold(status.reference() != null || status.providerMessageId() != null, "which message");
        }
    }

    private static void forged(CallbackReceiver receiver, byte[] body, String text) {
        AccountSettings account = new AccountSettings(
                Map.of(receiver.secretSetting(), "secret-of-nobody", "verifyToken", "verify-nobody"));
        Map<String, String> headers = new HashMap<>();
        SIGNATURES.forEach(name -> headers.put(name, text));
        hold(!receiver.isAuthentic(account, headers, body), "no signature");
        Map<String, String> query = Map.of("hub.mode", "subscribe", "hub.verify_token", text, "hub.challenge", text);
        hold(receiver.answerChallenge(account, query) == null, "no verify token");
    }

    @Override
    public List<byte[]> seeds() {
        return CallbackSeeds.all();
    }
}
