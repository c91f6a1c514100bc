package dev.parley.simulator.whatsapp;

import dev.parley.simulator.whatsapp.SendParser.Refusal;
import dev.parley.simulator.whatsapp.SendRequest.Content;
import tools.jackson.databind.JsonNode;

/**
 * Reads reactions, locations and contacts, and refuses what Graph refuses: 131008 for what is missing, 131009 for what has the
 * wrong form or is too long.
 */
final class RichParser {

    private static final int MAX_CONTACTS = 257;

    private RichParser() {}

    static Content parse(String type, JsonNode object) {
        return switch (type) {
            case "reaction" -> reaction(object);
            case "location" -> location(object);
            case "contacts" -> contacts(object);
            case "interactive" -> InteractiveParser.parse(object);
            default -> throw new IllegalArgumentException(type);
        };
    }

    private static Content reaction(JsonNode reaction) {
        String target = required(reaction, "message_id", "reaction['message_id']");
        JsonNode emoji = reaction.path("emoji");
        if (!emoji.isString()) {
            throw missing("reaction['emoji']");
        }
        valid(emoji.stringValue().length() <= 32, "reaction['emoji'] must be one emoji, or empty to remove it.");
        return new Content.Reaction(target, emoji.stringValue());
    }

    private static Content location(JsonNode location) {
        object(location, "location");
        degrees(location.path("latitude"), "latitude", 90);
        degrees(location.path("longitude"), "longitude", 180);
        optional(location, "name", "location['name']", 1_000);
        optional(location, "address", "location['address']", 1_000);
        return new Content.Rich("location", location);
    }

    /** A number, or the text of one. */
    private static void degrees(JsonNode value, String name, int most) {
        if (value.isMissingNode() || value.isNull()) {
            throw missing("location['" + name + "']");
        }
        double degrees = Double.NaN;
        try {
            degrees = value.isNumber() ? value.doubleValue() : Double.parseDouble(value.stringValue(""));
        } catch (NumberFormatException e) {
            valid(false, "location['" + name + "'] must be a number.");
        }
        valid(Math.abs(degrees) <= most, "location['" + name + "'] must be between -" + most + " and " + most + ".");
    }

    private static Content contacts(JsonNode contacts) {
        if (!contacts.isArray() || contacts.isEmpty()) {
            throw missing("contacts");
        }
        valid(contacts.size() <= MAX_CONTACTS, "contacts must have at most 257 elements.");
        for (JsonNode contact : contacts) {
            required(contact.path("name"), "formatted_name", "contacts['name']['formatted_name']");
            long parts = contact.path("name").propertyStream().count();
            valid(parts > 1, "contacts['name'] must have at least one part beside formatted_name.");
            String birthday = contact.path("birthday").stringValue("2000-01-01");
            valid(birthday.matches("\\d{4}-\\d{2}-\\d{2}"), "contacts['birthday'] must be YYYY-MM-DD.");
        }
        return new Content.Rich("contacts", contacts);
    }

    /** The text of a member that must be there, within its limit. */
    static String required(JsonNode object, String member, String name, int most) {
        String text = required(object, member, name);
        valid(
                text.codePointCount(0, text.length()) <= most,
                name + " length invalid. Min length: 1, Max length: " + most);
        return text;
    }

    static String required(JsonNode object, String member, String name) {
        JsonNode value = object.path(member);
        if (value.isMissingNode() || value.isNull() || value.stringValue("x").isEmpty()) {
            throw missing(name);
        }
        valid(value.isString(), name + " must be a string.");
        return value.stringValue();
    }

    /** The same of one that may be missing. */
    static void optional(JsonNode object, String member, String name, int most) {
        if (object.hasNonNull(member)) {
            required(object, member, name, most);
        }
    }

    static void object(JsonNode value, String name) {
        if (!value.isObject()) {
            throw missing(name);
        }
    }

    static Refusal missing(String name) {
        return new Refusal(GraphError.of(131008, null, "The parameter " + name + " is required."));
    }

    static void valid(boolean holds, String details) {
        if (!holds) {
            throw new Refusal(GraphError.of(131009, null, details));
        }
    }
}
