package dev.parley.simulator.whatsapp;

import static dev.parley.simulator.whatsapp.RichParser.missing;
import static dev.parley.simulator.whatsapp.RichParser.object;
import static dev.parley.simulator.whatsapp.RichParser.optional;
import static dev.parley.simulator.whatsapp.RichParser.required;
import static dev.parley.simulator.whatsapp.RichParser.valid;

import dev.parley.simulator.whatsapp.SendRequest.Content;
import java.util.HashSet;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Reads {@code interactive} with the limits that Meta's documentation gives. */
final class InteractiveParser {

    private static final int BODY = 1_024;
    private static final int LIST_BODY = 4_096;
    private static final int SHORT = 60;
    private static final int MAX_BUTTONS = 3;
    private static final int MAX_ROWS = 10;

    private InteractiveParser() {}

    static Content parse(JsonNode interactive) {
        object(interactive, "interactive");
        String type = required(interactive, "type", "interactive['type']");
        boolean list = type.equals("list");
        header(interactive.path("header"), list);
        required(interactive.path("body"), "text", "interactive['body']['text']", list ? LIST_BODY : BODY);
        optional(interactive.path("footer"), "text", "interactive['footer']['text']", SHORT);
        JsonNode action = interactive.path("action");
        object(action, "interactive['action']");
        switch (type) {
            case "button" -> buttons(action.path("buttons"));
            case "list" -> list(action);
            case "cta_url" -> link(action);
            case "location_request_message" ->
                valid(named(action, "send_location"), "interactive['action']['name'] must be send_location.");
            default -> valid(false, "interactive['type'] is not one that is known.");
        }
        return new Content.Rich("interactive", interactive);
    }

    private static void header(JsonNode header, boolean textOnly) {
        if (header.isMissingNode() || header.isNull()) {
            return;
        }
        String type = required(header, "type", "interactive['header']['type']");
        if (type.equals("text")) {
            required(header, "text", "interactive['header']['text']", SHORT);
        } else {
            valid(
                    !textOnly && Set.of("image", "video", "document").contains(type),
                    "interactive['header']['type'] is not one that is possible here.");
        }
    }

    private static void buttons(JsonNode buttons) {
        count(buttons, MAX_BUTTONS, "interactive['action']['buttons']");
        Set<String> ids = new HashSet<>();
        Set<String> titles = new HashSet<>();
        for (JsonNode button : buttons) {
            valid(button.path("type").stringValue("").equals("reply"), "Button type must be reply.");
            JsonNode reply = button.path("reply");
            valid(ids.add(required(reply, "id", "Button id", 256)), "Button ids must be unique.");
            valid(titles.add(required(reply, "title", "Button title", 20)), "Button titles must be unique.");
        }
    }

    private static void list(JsonNode action) {
        required(action, "button", "interactive['action']['button']", 20);
        JsonNode sections = action.path("sections");
        count(sections, MAX_ROWS, "interactive['action']['sections']");
        Set<String> ids = new HashSet<>();
        for (JsonNode section : sections) {
            if (sections.size() > 1 || section.hasNonNull("title")) {
                required(section, "title", "Section title", 24);
            }
            count(section.path("rows"), MAX_ROWS, "Section rows");
            for (JsonNode row : section.path("rows")) {
                valid(ids.add(required(row, "id", "Row id", 200)), "Row ids must be unique.");
                required(row, "title", "Row title", 24);
                optional(row, "description", "Row description", 72);
            }
        }
        valid(ids.size() <= MAX_ROWS, "Total row count exceed max allowed count: 10");
    }

    private static void link(JsonNode action) {
        valid(named(action, "cta_url"), "interactive['action']['name'] must be cta_url.");
        required(action.path("parameters"), "display_text", "display_text", 20);
        String url = required(action.path("parameters"), "url", "url");
        valid(url.matches("https?://.+"), "url must be a link.");
    }

    private static boolean named(JsonNode action, String name) {
        return action.path("name").stringValue("").equals(name);
    }

    private static void count(JsonNode list, int most, String name) {
        if (!list.isArray() || list.isEmpty()) {
            throw missing(name);
        }
        valid(list.size() <= most, name + " must have at most " + most + " elements.");
    }
}
