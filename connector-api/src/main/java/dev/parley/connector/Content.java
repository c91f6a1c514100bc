package dev.parley.connector;

import java.util.List;
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

    /**
     * A place on the map.
     *
     * @param latitude degrees, -90 to 90
     * @param longitude degrees, -180 to 180
     */
    record Location(
            double latitude,
            double longitude,
            @Nullable String name,
            @Nullable String address) implements Content {
        @Override
        public String toString() {
            return "Location[]";
        }
    }

    /** Cards of persons, at least one. */
    record Contacts(List<ContactCard> cards) implements Content {
        /** Copies the list. */
        public Contacts {
            cards = List.copyOf(cards);
        }
    }

    /**
     * An emoji on a message of the same talk.
     *
     * @param providerMessageId the provider's id of that message
     * @param emoji empty to take it away again
     */
    record Reaction(String providerMessageId, String emoji) implements Content {
        @Override
        public String toString() {
            return "Reaction[]";
        }
    }

    /** A text with something to tap on. */
    record Interactive(Prompt prompt, Action action) implements Content {
        @Override
        public String toString() {
            return "Interactive[" + action.getClass().getSimpleName() + "]";
        }
    }

    /** What stands around the {@link Action}. */
    record Prompt(
            @Nullable String header, String body, @Nullable String footer) {
        @Override
        public String toString() {
            return "Prompt[" + body.length() + " characters]";
        }
    }

    /** What there is to tap on. */
    sealed interface Action {

        /** Buttons; the id of the tapped one comes back. */
        record Buttons(List<Button> buttons) implements Action {}

        /**
         * A list that opens when it is tapped on; the id of the chosen row comes back.
         *
         * @param button what stands on what opens it
         */
        record Menu(String button, List<Section> sections) implements Action {}

        /** A link. Nothing comes back. */
        record Link(String text, String url) implements Action {}

        /** Asks where the candidate is; a location comes back. */
        record LocationRequest() implements Action {}
    }

    /** One button. */
    record Button(String id, String title) {}

    /**
     * A part of a menu.
     *
     * @param title null when the menu has one part
     */
    record Section(@Nullable String title, List<Row> rows) {}

    /** A row of a menu. */
    record Row(String id, String title, @Nullable String description) {}

    /**
     * A template that the provider approved, filled in.
     *
     * @param id our own of the template
     * @param name at the provider
     * @param language at the provider
     * @param parts what fills it in
     * @param text what the candidate sees, for a channel that has no templates
     */
    record Template(String id, String name, String language, List<TemplatePart> parts, String text) implements Content {
        @Override
        public String toString() {
            return "Template[" + name + " " + language + "]";
        }
    }
}
