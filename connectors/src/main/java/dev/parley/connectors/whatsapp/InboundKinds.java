package dev.parley.connectors.whatsapp;

import dev.parley.connector.InboundContent;
import dev.parley.connector.InboundContent.Fault;
import dev.parley.connector.InboundContent.Offer;
import dev.parley.connectors.support.Json;
import dev.parley.connectors.support.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Understands what a message says, by its type. A type without its object, or with one of another shape, is unsupported, as is
 * every type that is not known.
 *
 * <p>Source: Meta's webhook reference, one page per type.
 */
final class InboundKinds {

    private static final Pattern TYPE = Pattern.compile("[a-z_]{1,40}");
    private static final int MAX_TITLE = 1_024;
    private static final int MAX_EMOJI = 64;
    private static final int MAX_FAULTS = 5;

    private InboundKinds() {}

    /** What one entry of the list of messages, or the message inside an edit, says. */
    static InboundContent of(JsonNode message) {
        String type = Json.text(message, "type");
        InboundContent known = known(type == null ? "text" : type, message);
        return known == null ? unsupported(type, message) : known;
    }

    private static @Nullable InboundContent known(String type, JsonNode message) {
        JsonNode content = message.path(type);
        return switch (type) {
            case "text" -> text(content);
            case "location" -> location(content);
            case "contacts" -> contacts(content);
            case "reaction" -> reaction(content);
            case "button" -> choice(content, Offer.TEMPLATE_BUTTON, "payload", "text");
            case "interactive" -> interactive(content);
            case "order" -> OrderParser.parse(content);
            default -> InboundMedia.parse(type, message);
        };
    }

    private static @Nullable InboundContent text(JsonNode text) {
        String body = Json.text(text, "body");
        return body == null ? null : new InboundContent.Text(Texts.storable(body));
    }

    private static @Nullable InboundContent location(JsonNode location) {
        Double latitude = degrees(location, "latitude", 90);
        Double longitude = degrees(location, "longitude", 180);
        if (latitude == null || longitude == null) {
            return null;
        }
        return new InboundContent.Location(
                latitude,
                longitude,
                cut(location, "name", MAX_TITLE),
                cut(location, "address", MAX_TITLE),
                cut(location, "url", 2 * MAX_TITLE));
    }

    /** A number, or the text of one. */
    private static @Nullable Double degrees(JsonNode location, String name, int most) {
        JsonNode member = location.path(name);
        try {
            double degrees = member.isNumber() ? member.doubleValue() : Double.parseDouble(member.stringValue(""));
            return Math.abs(degrees) <= most ? degrees : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static @Nullable InboundContent contacts(JsonNode contacts) {
        var cards = ContactCards.read(contacts);
        return cards.isEmpty() ? null : new InboundContent.Contacts(cards);
    }

    /** A reaction that was taken away comes without the emoji, or with an empty one. */
    private static @Nullable InboundContent reaction(JsonNode reaction) {
        String target = Texts.id(Json.text(reaction, "message_id"));
        String emoji = cut(reaction, "emoji", MAX_EMOJI);
        return target == null ? null : new InboundContent.Reaction(target, emoji == null ? "" : emoji);
    }

    private static @Nullable InboundContent interactive(JsonNode interactive) {
        String type = Json.text(interactive, "type");
        return switch (type) {
            case "button_reply" -> choice(interactive.path(type), Offer.BUTTON, "id", "title");
            case "list_reply" -> choice(interactive.path(type), Offer.LIST, "id", "title");
            case "nfm_reply" -> form(interactive.path(type));
            case null, default -> null;
        };
    }

    private static @Nullable InboundContent choice(JsonNode choice, Offer offer, String id, String title) {
        String payload = cut(choice, id, MAX_TITLE);
        String text = cut(choice, title, MAX_TITLE);
        if (payload == null && text == null) {
            return null;
        }
        String shown = text == null ? payload : text;
        return new InboundContent.Choice(
                offer,
                payload == null ? "" : payload,
                shown == null ? "" : shown,
                cut(choice, "description", MAX_TITLE));
    }

    private static @Nullable InboundContent form(JsonNode form) {
        String answers = Json.text(form, "response_json");
        JsonNode read = answers == null ? form.path("response_json") : Json.read(answers);
        if (read == null || !read.isObject()) {
            return null;
        }
        return new InboundContent.Form(cut(form, "name", MAX_TITLE), cut(form, "body", MAX_TITLE), Json.write(read));
    }

    private static InboundContent unsupported(@Nullable String type, JsonNode message) {
        String named = Json.text(message.path("unsupported"), "type");
        String word = "unsupported".equals(type) && named != null ? named : type;
        return new InboundContent.Unsupported(
                word != null && TYPE.matcher(word).matches() ? word : "unknown", faults(message.path("errors")));
    }

    private static List<Fault> faults(JsonNode errors) {
        List<Fault> faults = new ArrayList<>();
        for (JsonNode error : errors) {
            String code = cut(error, "code", MAX_EMOJI);
            if (code != null && faults.size() < MAX_FAULTS) {
                faults.add(new Fault(code, cut(error, "title", MAX_TITLE)));
            }
        }
        return List.copyOf(faults);
    }

    private static @Nullable String cut(JsonNode node, String name, int most) {
        String text = Json.text(node, name);
        return text == null ? null : Texts.cut(text, most);
    }
}
