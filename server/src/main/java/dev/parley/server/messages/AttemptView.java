package dev.parley.server.messages;

import dev.parley.server.platform.json.Json;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * One try at a provider, as callers see it.
 *
 * @param number from 1
 * @param outcome accepted, refused, not_sent or unknown; null while it is under way
 * @param reason of not_sent and unknown
 * @param milliseconds that the call took; null when none was made or it has not ended
 * @param error what the provider refused it with, or reported later
 */
record AttemptView(
        UUID messageId,
        int number,
        @Nullable String outcome,
        @Nullable String reason,
        UUID accountId,
        Instant openedAt,
        @Nullable Instant closedAt,
        @Nullable Integer milliseconds,
        @Nullable String providerMessageId,
        @Nullable MessageError error) {

    /** The JSON:API type. */
    static final String TYPE = "attempts";

    ObjectNode resource() {
        ObjectNode node = Json.MAPPER.createObjectNode();
        node.put("type", TYPE);
        node.put("id", messageId + "-" + number);
        ObjectNode attributes = node.putObject("attributes");
        attributes.put("number", number);
        attributes.put("outcome", outcome);
        attributes.put("reason", reason);
        attributes.put("channelAccountId", accountId.toString());
        attributes.put("openedAt", Json.time(openedAt));
        attributes.put("closedAt", Json.time(closedAt));
        attributes.put("milliseconds", milliseconds);
        attributes.put("providerMessageId", providerMessageId);
        if (error == null) {
            attributes.putNull("error");
        } else {
            attributes.set("error", Json.MAPPER.valueToTree(error));
        }
        return node;
    }

    /** Which. */
    @Override
    public String toString() {
        return messageId + "-" + number;
    }
}
