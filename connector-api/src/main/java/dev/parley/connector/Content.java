package dev.parley.connector;

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
}
