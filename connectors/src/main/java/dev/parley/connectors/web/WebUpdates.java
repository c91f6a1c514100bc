package dev.parley.connectors.web;

import dev.parley.connector.Address;
import dev.parley.connector.ErrorAction;
import dev.parley.connector.InboundContent;
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

/** Understands single messages and statuses of a site. */
final class WebUpdates {

    private static final int MAX_REASON = 1_000;

    private WebUpdates() {}

    static ProviderUpdate message(JsonNode message) {
        String id = Texts.id(Json.text(message, "id"));
        Instant at = Times.unixOrIso(message, "timestamp");
        if (id == null || at == null) {
            return new ProviderUpdate.Unknown("a message without an id or a time");
        }
        String from = Json.text(message, "from");
        if (from == null || !WebConnector.isVisitor(from)) {
            return new ProviderUpdate.Unknown("a message from nobody");
        }
        String text = Json.text(message, "text");
        if (text == null || text.length() > WebConnector.TEXT_LIMIT) {
            return new ProviderUpdate.Unknown("a message without a text of 1 to 10,000 characters");
        }
        List<Address> addresses = List.of(new Address(Address.USER, from));
        String context = Texts.id(Json.text(message, "replyTo"));
        return new ProviderUpdate.Inbound(id, at, addresses, new InboundContent.Text(Texts.storable(text)), context);
    }

    static ProviderUpdate status(JsonNode status) {
        Reported reported = reported(Json.text(status, "status"));
        String id = Texts.id(Json.text(status, "id"));
        String reference = Texts.id(Json.text(status, "reference"));
        Instant at = Times.unixOrIso(status, "timestamp");
        if (reported == null) {
            return new ProviderUpdate.Unknown("a status that is not understood");
        }
        if ((id == null && reference == null) || at == null) {
            return new ProviderUpdate.Unknown("a status without an id or a time");
        }
        ProviderError error = reported == Reported.FAILED ? refused(status) : null;
        return new ProviderUpdate.Status(reference, id, reported, at, List.of(), error);
    }

    private static ProviderError refused(JsonNode status) {
        String reason = Json.text(status, "reason");
        return new ProviderError(
                "failed",
                reason == null ? "" : Texts.cut(reason, MAX_REASON),
                null,
                "provider_refused",
                "The site could not deliver the message",
                "Look at the site's own words.",
                ErrorAction.FAIL,
                0,
                null);
    }

    private static @Nullable Reported reported(@Nullable String status) {
        return switch (status) {
            case "sent" -> Reported.SENT;
            case "delivered" -> Reported.DELIVERED;
            case "read" -> Reported.READ;
            case "failed" -> Reported.FAILED;
            case null, default -> null;
        };
    }
}
