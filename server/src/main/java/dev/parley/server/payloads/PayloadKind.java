package dev.parley.server.payloads;

import dev.parley.connector.Content;
import dev.parley.server.platform.jsonapi.ValueParser.Parsed;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One kind of payload that a caller can send. Safe for use by many threads at once. */
public interface PayloadKind {

    /** The word in {@code type}, which also names the member with the content. Lower case. */
    String type();

    /**
     * Reads what a caller wrote.
     *
     * @param payload has this type
     * @param pointer of the payload
     * @return a {@link Payload}, or what is wrong with its shape
     */
    Parsed read(ObjectNode payload, String pointer);

    /** What the stored form says to a connector. */
    Content content(JsonNode stored);

    /**
     * The same where it names another message.
     *
     * @param providerIds the provider's id of a message; null when the provider does not know it
     * @return null when a message that is named is not known
     */
    default @Nullable Content content(JsonNode stored, Function<UUID, @Nullable String> providerIds) {
        return content(stored);
    }
}
