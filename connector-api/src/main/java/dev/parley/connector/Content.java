package dev.parley.connector;

import org.jspecify.annotations.Nullable;

/** What a message says, in a form that a connector can translate. */
public sealed interface Content {

    /**
     * Free text.
     *
     * @param value not empty, within the channel's limit
     */
    record Text(String value) implements Content {
        @Override
        public String toString() {
            return "Text[" + value.length() + " characters]";
        }
    }

    /**
     * A file.
     *
     * @param mimeType what it is, without parameters, lower case
     * @param fileName what the candidate sees it called; null for no name
     * @param caption what stands below it; null for nothing
     * @param size in bytes
     * @param sha256 of its bytes, in lower-case hexadecimal
     * @param providerId what {@link MediaTransfer#upload} gave; null where the connector has no {@link Connector#media}
     */
    record Media(
            MediaKind kind,
            String mimeType,
            @Nullable String fileName,
            @Nullable String caption,
            long size,
            String sha256,
            @Nullable String providerId)
            implements Content {

        /** The same as the provider knows it. */
        public Media under(String id) {
            return new Media(kind, mimeType, fileName, caption, size, sha256, id);
        }

        @Override
        public String toString() {
            return "Media[" + kind + " " + mimeType + ", " + size + " bytes]";
        }
    }
}
