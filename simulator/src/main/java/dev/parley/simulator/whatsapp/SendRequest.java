package dev.parley.simulator.whatsapp;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What a POST to {@code messages} turned out to be. */
sealed interface SendRequest {

    /** A message to send. */
    record Send(
            Recipient to,
            @Nullable String opaque,
            Content content,
            @Nullable String replyTo) implements SendRequest {}

    /** A message to mark as read. */
    record MarkRead(String messageId) implements SendRequest {}

    /** Nothing that can be carried out. */
    record Refused(GraphError error) implements SendRequest {}

    /**
     * Who gets it.
     *
     * @param input as the request has it
     * @param key digits alone, or the user id
     * @param userId whether it is a business-scoped user id
     */
    record Recipient(String input, String key, boolean userId) {}

    /** What they get. */
    sealed interface Content {

        /** A text. */
        record Text(String body) implements Content {}

        /**
         * A file.
         *
         * @param kind {@code image}, {@code video}, {@code audio}, {@code document} or {@code sticker}
         * @param id of an upload; null where a link is given
         * @param link where Graph would fetch it; null where an id is given
         */
        record Media(
                String kind,
                @Nullable String id,
                @Nullable String link,
                @Nullable String caption,
                @Nullable String filename)
                implements Content {}

        /**
         * A template, by name and language.
         *
         * @param components what fills it in, an array or nothing
         * @param text filled in; null until that is done
         */
        record Template(
                String name,
                String language,
                JsonNode components,
                @Nullable String text) implements Content {}

        /** A location, contacts or something interactive: the object that is named like its type. */
        record Rich(String type, JsonNode object) implements Content {}

        /** An emoji on a message; empty takes it away. */
        record Reaction(String messageId, String emoji) implements Content {}
    }
}
