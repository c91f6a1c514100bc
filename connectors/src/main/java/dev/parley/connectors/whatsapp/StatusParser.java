package dev.parley.connectors.whatsapp;

import dev.parley.connector.Address;
import dev.parley.connector.ProviderError;
import dev.parley.connector.ProviderUpdate;
import dev.parley.connector.ProviderUpdate.Reported;
import dev.parley.connectors.support.Json;
import dev.parley.connectors.support.Texts;
import dev.parley.connectors.support.Times;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Understands one entry of {@code statuses}. */
final class StatusParser {

    private final WhatsAppErrors errors;

    StatusParser(WhatsAppErrors errors) {
        this.errors = errors;
    }

    ProviderUpdate parse(JsonNode status, JsonNode contact) {
        if ("group".equals(Json.text(status, "recipient_type"))) {
            return new ProviderUpdate.Unknown("a status in a group");
        }
        Reported reported = reported(Json.text(status, "status"));
        if (reported == null) {
            return new ProviderUpdate.Unknown("a status that is not understood");
        }
        String reference = Texts.id(Json.text(status, "biz_opaque_callback_data"));
        String id = Texts.id(Json.text(status, "id"));
        Instant at = Times.unix(status, "timestamp");
        if ((id == null && reference == null) || at == null) {
            return new ProviderUpdate.Unknown("a status without an id or a time");
        }
        List<Address> addresses = new WhatsAppAddresses()
                .phone(status, "recipient_id")
                .contact(contact)
                .user(status, "recipient_user_id")
                .list();
        ProviderError error = reported == Reported.FAILED ? errorOf(status) : null;
        return new ProviderUpdate.Status(reference, id, reported, at, addresses, error);
    }

    private ProviderError errorOf(JsonNode status) {
        ProviderError error = errors.find(status.path("errors").path(0), null);
        return error == null ? errors.unexplained() : error;
    }

    /** A voice note that was played was read. */
    private static @Nullable Reported reported(@Nullable String status) {
        return switch (status) {
            case "sent" -> Reported.SENT;
            case "delivered" -> Reported.DELIVERED;
            case "read", "played" -> Reported.READ;
            case "failed" -> Reported.FAILED;
            case null, default -> null;
        };
    }
}
