package dev.parley.connectors.whatsapp;

import dev.parley.connector.Address;
import dev.parley.connector.InboundContent;
import dev.parley.connector.ProviderUpdate;
import dev.parley.connectors.support.Json;
import dev.parley.connectors.support.Texts;
import dev.parley.connectors.support.Times;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Understands one entry of {@code messages}.
 *
 * <p>What a candidate did is an inbound message whatever its type, also an edited or revoked one. What WhatsApp itself says
 * ({@code system}: a new number, a renewed user id) is none, as it opens no window; it is kept raw for what will follow
 * such changes. What was written in a group is kept raw too: an answer would go to one person in private.
 */
final class InboundParser {

    private static final Pattern TYPE = Pattern.compile("[a-z_]{1,40}");

    private InboundParser() {}

    static ProviderUpdate parse(JsonNode message, JsonNode contact) {
        String type = Json.text(message, "type");
        if ("system".equals(type)) {
            return system(message.path("system"));
        }
        if (Json.text(message, "group_id") != null) {
            return new ProviderUpdate.Unknown("a message in a group");
        }
        String id = Texts.id(Json.text(message, "id"));
        Instant at = Times.unix(message, "timestamp");
        if (id == null || at == null) {
            return new ProviderUpdate.Unknown("a message without an id or a time");
        }
        List<Address> from = new WhatsAppAddresses()
                .phone(message, "from")
                .contact(contact)
                .user(message, "from_user_id")
                .list();
        if (from.isEmpty()) {
            return new ProviderUpdate.Unknown("a message from nobody");
        }
        String context = Texts.id(Json.text(message.path("context"), "id"));
        return new ProviderUpdate.Inbound(id, at, from, content(type, message), context);
    }

    private static InboundContent content(@Nullable String type, JsonNode message) {
        if (type == null || type.equals("text")) {
            String body = Json.text(message.path("text"), "body");
            if (body != null) {
                return new InboundContent.Text(Texts.storable(body));
            }
        }
        InboundContent file = InboundMedia.parse(type, message);
        if (file != null) {
            return file;
        }
        return new InboundContent.Unsupported(type != null && TYPE.matcher(type).matches() ? type : "unknown");
    }

    private static ProviderUpdate system(JsonNode system) {
        String type = Json.text(system, "type");
        if ("customer_identity_changed".equals(type)) {
            return new ProviderUpdate.Notice("customer_identity_changed");
        }
        boolean renamed = "user_changed_number".equals(type) || "user_changed_user_id".equals(type);
        return new ProviderUpdate.Unknown(renamed ? "a candidate's address changed" : "a system message");
    }
}
