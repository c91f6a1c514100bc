package dev.parley.connector;

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
     * A kind that is not understood (yet); its raw form is kept for a while.
     *
     * @param type the provider's word for it
     */
    record Unsupported(String type) implements InboundContent {}
}
