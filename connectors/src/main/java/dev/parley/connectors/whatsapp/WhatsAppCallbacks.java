package dev.parley.connectors.whatsapp;

import dev.parley.connector.AccountSettings;
import dev.parley.connector.CallbackReceiver;
import dev.parley.connector.ProviderUpdate;
import dev.parley.connector.RawUpdate;
import dev.parley.connectors.support.HmacSignature;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Meta's callbacks: a GET with a challenge, then POSTs signed with the app's secret in {@code X-Hub-Signature-256}.
 *
 * <p>Source: Meta's pages "create a webhook endpoint" and "webhooks, getting started".
 */
final class WhatsAppCallbacks implements CallbackReceiver {

    private static final String SIGNATURE = "x-hub-signature-256";

    /** Meta sends digits; what could be markup is not given back to a browser. */
    private static final Pattern CHALLENGE = Pattern.compile("[A-Za-z0-9_.-]{1,256}");

    private final UpdateParser parser;

    WhatsAppCallbacks(UpdateParser parser) {
        this.parser = parser;
    }

    @Override
    public String secretSetting() {
        return WhatsAppSettings.APP_SECRET;
    }

    @Override
    public @Nullable String answerChallenge(AccountSettings settings, Map<String, String> query) {
        String expected = settings.find(WhatsAppSettings.VERIFY_TOKEN);
        String shown = query.get("hub.verify_token");
        String challenge = query.get("hub.challenge");
        boolean ours = "subscribe".equals(query.get("hub.mode"))
                && expected != null
                && !expected.isEmpty()
                && shown != null
                && HmacSignature.same(expected, shown);
        return ours && challenge != null && CHALLENGE.matcher(challenge).matches() ? challenge : null;
    }

    @Override
    public boolean isAuthentic(AccountSettings settings, Map<String, String> headers, byte[] body) {
        String secret = settings.find(WhatsAppSettings.APP_SECRET);
        return secret != null && HmacSignature.matches(secret, body, headers.get(SIGNATURE));
    }

    @Override
    public List<RawUpdate> split(byte[] body) {
        return new UpdateSplitter(body).split();
    }

    @Override
    public ProviderUpdate parse(String json) {
        return parser.parse(json);
    }
}
