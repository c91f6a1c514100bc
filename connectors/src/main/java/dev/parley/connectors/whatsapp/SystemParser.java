package dev.parley.connectors.whatsapp;

import dev.parley.connector.Address;
import dev.parley.connector.ProviderUpdate;
import dev.parley.connectors.support.Json;
import dev.parley.connectors.support.Times;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Understands what WhatsApp itself says of a candidate. It opens no window: the candidate wrote nothing.
 *
 * <p>A number that changed names the old one in {@code from} and the new one in {@code system}. A user id that was renewed
 * names the old one in {@code previous_user_id}, or, in older versions, in {@code from_user_id}.
 */
final class SystemParser {

    private SystemParser() {}

    static ProviderUpdate parse(JsonNode message) {
        JsonNode system = message.path("system");
        String type = Json.text(system, "type");
        return switch (type) {
            case "customer_identity_changed" -> new ProviderUpdate.Notice(type);
            case "user_changed_number" -> number(message, system);
            case "user_changed_user_id" -> userId(message, system);
            case null, default -> new ProviderUpdate.Unknown("a system message");
        };
    }

    private static ProviderUpdate number(JsonNode message, JsonNode system) {
        List<Address> current = new WhatsAppAddresses()
                .phone(system, Json.text(system, "wa_id") == null ? "new_wa_id" : "wa_id")
                .list();
        List<Address> former = new WhatsAppAddresses().phone(message, "from").list();
        List<Address> known = new WhatsAppAddresses()
                .user(message, "from_user_id")
                .user(system, "user_id")
                .list();
        return renamed(message, former, known, current);
    }

    private static ProviderUpdate userId(JsonNode message, JsonNode system) {
        List<Address> current = new WhatsAppAddresses().user(system, "user_id").list();
        List<Address> former = new WhatsAppAddresses()
                .user(system, "previous_user_id")
                .user(message, "from_user_id")
                .list();
        List<Address> known = new WhatsAppAddresses()
                .phone(message, "from")
                .phone(system, "wa_id")
                .list();
        return renamed(message, former, known, current);
    }

    private static ProviderUpdate renamed(
            JsonNode message, List<Address> former, List<Address> known, List<Address> current) {
        Instant at = Times.unix(message, "timestamp");
        List<Address> left = new ArrayList<>(former);
        left.removeAll(current);
        if (at == null || current.isEmpty() || (left.isEmpty() && known.isEmpty())) {
            return new ProviderUpdate.Unknown("a candidate's address changed, and it is not said from what to what");
        }
        return new ProviderUpdate.Renamed(at, List.copyOf(left), known, current);
    }
}
