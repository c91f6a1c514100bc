package dev.parley.connector;

import org.jspecify.annotations.Nullable;

/** What a candidate wrote. */
public sealed interface InboundContent {

    /** Free text. */
    record Text(String value) implements InboundContent {
        @Override
        public String toString() {
            return "Text[" + value.length() + " characters]";
        }
    }

    /**
     * A file, which is still at the provider.
     *
     * @param providerId the provider's id of the file, for {@link MediaTransfer#fetch}
     * @param mimeType what the provider says it is; null when it does not
     * @param sha256 of its bytes as the provider says, in lower-case hexadecimal; null when it does not
     * @param fileName what the candidate called it; null for no name
     * @param caption what stands below it; null for nothing
     * @param voice whether an audio was spoken there and then
     * @param animated whether a sticker moves
     */
    record Media(
            MediaKind kind,
            String providerId,
            @Nullable String mimeType,
            @Nullable String sha256,
            @Nullable String fileName,
            @Nullable String caption,
            boolean voice,
            boolean animated)
            implements InboundContent {
        @Override
        public String toString() {
            return "Media[" + kind + "]";
        }
    }

    /**
     * A kind that is not understood (yet); its raw form is kept for a while.
     *
     * @param type the provider's word for it
     */
    record Unsupported(String type) implements InboundContent {}
}
