package dev.parley.connectors.whatsapp;

import dev.parley.connector.Address;
import dev.parley.connector.InboundContent;
import dev.parley.connector.ProviderUpdate;
import dev.parley.connectors.support.Json;
import dev.parley.connectors.support.Texts;
import dev.parley.connectors.support.Times;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Understands one entry of {@code messages}.
 *
 * <p>What a candidate wrote is an inbound message whatever its type. An edit and a taking back are changes of one, unless they
 * don't say of which or into what: then they are messages of a kind that is not understood. What WhatsApp itself says ({@code
 * system}) is none. What was written in a group is kept raw: an answer would go to one person in private.
 */
final class InboundParser {

    private InboundParser() {}

    static ProviderUpdate parse(JsonNode message, JsonNode contact) {
        String type = Json.text(message, "type");
        if ("system".equals(type)) {
            return SystemParser.parse(message);
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
        ProviderUpdate change = change(type, message, id, at, from);
        String context = Texts.id(Json.text(message.path("context"), "id"));
        return change == null ? new ProviderUpdate.Inbound(id, at, from, InboundKinds.of(message), context) : change;
    }

    private static @Nullable ProviderUpdate change(
            @Nullable String type, JsonNode message, String id, Instant at, List<Address> from) {
        if ("revoke".equals(type)) {
            String original = Texts.id(Json.text(message.path("revoke"), "original_message_id"));
            return original == null ? null : new ProviderUpdate.Revoked(id, at, from, original);
        }
        if (!"edit".equals(type)) {
            return null;
        }
        String original = Texts.id(Json.text(message.path("edit"), "original_message_id"));
        InboundContent content = InboundKinds.of(message.path("edit").path("message"));
        return original == null || content instanceof InboundContent.Unsupported
                ? null
                : new ProviderUpdate.Edited(id, at, from, original, content);
    }
}
