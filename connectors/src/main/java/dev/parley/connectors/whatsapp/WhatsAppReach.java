package dev.parley.connectors.whatsapp;

import dev.parley.connector.AccountSettings;
import dev.parley.connector.Outbound;
import dev.parley.connector.Outbound.Call;
import dev.parley.connector.Outbound.Exchange;
import dev.parley.connectors.support.Json;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Asks Graph for the account's own number, {@code GET /{version}/{phone-number-id}?fields=id}, to learn whether it answers. */
final class WhatsAppReach {

    private static final int ANSWER_LIMIT = 64 * 1024;

    /** By which a proxy says that there is nobody behind it; Graph's own come with its error object. */
    private static final Set<Integer> NOBODY = Set.of(502, 503, 504);

    private final WhatsAppErrors errors;

    WhatsAppReach(WhatsAppErrors errors) {
        this.errors = errors;
    }

    boolean answers(AccountSettings account, Duration deadline, Outbound outbound) {
        String number = GraphCalls.number(account);
        Call call = number == null
                ? null
                : GraphCall.of("GET", account, List.of(number), Map.of("fields", "id"), ANSWER_LIMIT, deadline);
        // Without a valid call sending refuses by itself, which costs nothing.
        return call == null
                || (outbound.call(call) instanceof Exchange.Answer answer
                        && (!NOBODY.contains(answer.status()) || isGraphs(answer)));
    }

    private boolean isGraphs(Exchange.Answer answer) {
        JsonNode json = Json.read(answer.body());
        return json != null && errors.find(json.path("error"), null) != null;
    }
}
