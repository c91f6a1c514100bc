package dev.parley.connector;

import java.util.List;
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
     * A place on the map.
     *
     * @param latitude degrees, -90 to 90
     * @param longitude degrees, -180 to 180
     * @param url of a page about the place
     */
    record Location(
            double latitude,
            double longitude,
            @Nullable String name,
            @Nullable String address,
            @Nullable String url) implements InboundContent {
        @Override
        public String toString() {
            return "Location[]";
        }
    }

    /** Cards of persons, at least one. */
    record Contacts(List<ContactCard> cards) implements InboundContent {
        /** Copies the list. */
        public Contacts {
            cards = List.copyOf(cards);
        }
    }

    /**
     * An emoji on a message of the same talk.
     *
     * @param targetId the provider's id of that message
     * @param emoji empty when the candidate took theirs away
     */
    record Reaction(String targetId, String emoji) implements InboundContent {
        @Override
        public String toString() {
            return "Reaction[]";
        }
    }

    /** What was offered to a candidate who chose. */
    enum Offer {
        /** A button of an interactive message. */
        BUTTON,
        /** A row of an interactive message's menu. */
        LIST,
        /** A quick reply of a template. */
        TEMPLATE_BUTTON
    }

    /**
     * A tap on what was offered.
     *
     * @param id what the sender gave the offer to be known by
     * @param title what the candidate saw
     */
    record Choice(
            Offer offer, String id, String title, @Nullable String description) implements InboundContent {
        @Override
        public String toString() {
            return "Choice[" + offer + "]";
        }
    }

    /**
     * A form that was filled in.
     *
     * @param name the provider's word for the kind of form
     * @param body what the candidate saw
     * @param answers a JSON object, as the form gave it
     */
    record Form(@Nullable String name, @Nullable String body, String answers) implements InboundContent {
        @Override
        public String toString() {
            return "Form[" + answers.length() + " characters]";
        }
    }

    /** Things that a candidate wants of a catalogue. */
    record Order(@Nullable String catalogId, @Nullable String text, List<Item> items) implements InboundContent {
        @Override
        public String toString() {
            return "Order[" + items.size() + "]";
        }
    }

    /**
     * One line of an order.
     *
     * @param productId as the catalogue names it
     * @param price of one, a decimal number
     */
    record Item(
            String productId,
            long quantity,
            @Nullable String price,
            @Nullable String currency) {}

    /**
     * A kind that is not understood (yet), or that the provider does not hand on; its raw form is kept for a while.
     *
     * @param type the provider's word for it
     * @param faults why the provider does not hand it on; empty when it said nothing
     */
    record Unsupported(String type, List<Fault> faults) implements InboundContent {

        /** Without a word from the provider. */
        public Unsupported(String type) {
            this(type, List.of());
        }
    }

    /** A provider's code and title of what is wrong. */
    record Fault(String code, @Nullable String title) {}
}
