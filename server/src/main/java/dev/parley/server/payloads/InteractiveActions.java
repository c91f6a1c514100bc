package dev.parley.server.payloads;

import dev.parley.connector.Content;
import dev.parley.connector.Content.Action;
import dev.parley.server.platform.jsonapi.Problem;
import dev.parley.server.platform.jsonapi.ProblemCode;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What there is to tap on in an interactive payload. */
final class InteractiveActions {

    static final String BUTTONS = "button";
    static final String MENU = "list";
    static final String LINK = "cta_url";
    static final String LOCATION_REQUEST = "location_request_message";

    private static final String ACTION = "action";
    private static final String SEND_LOCATION = "send_location";
    private static final int MOST_BUTTONS = 3;
    private static final int MOST_ROWS = 10;
    private static final int BUTTON_ID = 256;
    private static final int BUTTON_TITLE = 20;
    private static final int ROW_ID = 200;
    private static final int ROW_TITLE = 24;
    private static final int ROW_DESCRIPTION = 72;
    private static final int LONGEST_URL = 2_000;

    private InteractiveActions() {}

    /** Reads the action of an interactive payload into its stored form. */
    static void read(String type, Fields interactive, ObjectNode to, List<Problem> problems) {
        ObjectNode action = to.putObject(ACTION);
        switch (type) {
            case BUTTONS -> buttons(interactive.object(ACTION, Set.of("buttons")), action, problems);
            case MENU -> menu(interactive.object(ACTION, Set.of("button", "sections")), action, problems);
            case LINK -> link(interactive.object(ACTION, Set.of("name", "parameters")), action);
            default -> {
                if (interactive.has(ACTION)) {
                    name(interactive.object(ACTION, Set.of("name")), SEND_LOCATION);
                }
                action.put("name", SEND_LOCATION);
            }
        }
    }

    private static void buttons(Fields action, ObjectNode to, List<Problem> problems) {
        ArrayNode given = action.list("buttons", MOST_BUTTONS);
        ArrayNode buttons = to.putArray("buttons");
        Set<String> ids = new HashSet<>();
        Set<String> titles = new HashSet<>();
        for (int i = 0; i < given.size(); i++) {
            Fields button = Fields.of(given.get(i), action.at("buttons") + "/" + i, problems, Set.of("type", "reply"));
            if (button.has("type") && !button.text("type", BUTTON_TITLE).equals("reply")) {
                button.problem(ProblemCode.INVALID_VALUE, "type", "Write reply: it is the one kind of button here.");
            }
            Fields reply = button.object("reply", Set.of("id", "title"));
            String id = unique(reply, "id", reply.text("id", BUTTON_ID), ids);
            String title = unique(reply, "title", reply.text("title", BUTTON_TITLE), titles);
            buttons.addObject()
                    .put("type", "reply")
                    .putObject("reply")
                    .put("id", id)
                    .put("title", title);
        }
    }

    private static void menu(Fields action, ObjectNode to, List<Problem> problems) {
        to.put("button", action.text("button", BUTTON_TITLE));
        ArrayNode given = action.list("sections", MOST_ROWS);
        ArrayNode sections = to.putArray("sections");
        Set<String> ids = new HashSet<>();
        int rows = 0;
        for (int i = 0; i < given.size(); i++) {
            Fields section =
                    Fields.of(given.get(i), action.at("sections") + "/" + i, problems, Set.of("title", "rows"));
            ObjectNode one = sections.addObject();
            String title = given.size() > 1 ? section.text("title", ROW_TITLE) : section.optional("title", ROW_TITLE);
            if (title != null) {
                one.put("title", title);
            }
            ArrayNode listed = section.list("rows", MOST_ROWS);
            rows += listed.size();
            rows(section.at("rows"), listed, one.putArray("rows"), ids, problems);
        }
        if (rows > MOST_ROWS) {
            action.problem(
                    ProblemCode.INVALID_VALUE,
                    "sections",
                    "Give at most " + MOST_ROWS + " rows in all sections together; there are " + rows + ".");
        }
    }

    private static void rows(String pointer, ArrayNode given, ArrayNode to, Set<String> ids, List<Problem> problems) {
        for (int i = 0; i < given.size(); i++) {
            Fields row = Fields.of(given.get(i), pointer + "/" + i, problems, Set.of("id", "title", "description"));
            ObjectNode one = to.addObject();
            one.put("id", unique(row, "id", row.text("id", ROW_ID), ids));
            one.put("title", row.text("title", ROW_TITLE));
            String description = row.optional("description", ROW_DESCRIPTION);
            if (description != null) {
                one.put("description", description);
            }
        }
    }

    private static String unique(Fields fields, String name, String value, Set<String> seen) {
        if (!value.isEmpty() && !seen.add(value)) {
            fields.problem(ProblemCode.INVALID_VALUE, name, "Each " + name + " may be there once. Write another.");
        }
        return value;
    }

    private static void link(Fields action, ObjectNode to) {
        if (action.has("name")) {
            name(action, LINK);
        }
        Fields parameters = action.object("parameters", Set.of("display_text", "url"));
        String url = parameters.text("url", LONGEST_URL);
        if (!url.isEmpty() && !isLink(url)) {
            parameters.problem(
                    ProblemCode.INVALID_VALUE, "url", "Write an address that begins with https:// or http://.");
        }
        to.put("name", LINK)
                .putObject("parameters")
                .put("display_text", parameters.text("display_text", BUTTON_TITLE))
                .put("url", url);
    }

    private static boolean isLink(String text) {
        try {
            URI uri = URI.create(text);
            return uri.getHost() != null
                    && ("https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme()));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static void name(Fields action, String expected) {
        if (!action.text("name", BUTTON_ID).equals(expected)) {
            action.problem(ProblemCode.INVALID_VALUE, "name", "Write " + expected + ", or leave it out.");
        }
    }

    /** What the stored form says. */
    static Action content(JsonNode interactive) {
        JsonNode action = interactive.path(ACTION);
        return switch (interactive.path("type").asString()) {
            case BUTTONS -> {
                List<Content.Button> buttons = new ArrayList<>();
                for (JsonNode button : action.path("buttons")) {
                    JsonNode reply = button.path("reply");
                    buttons.add(new Content.Button(
                            reply.path("id").asString(), reply.path("title").asString()));
                }
                yield new Action.Buttons(List.copyOf(buttons));
            }
            case MENU -> menu(action);
            case LINK ->
                new Action.Link(
                        action.path("parameters").path("display_text").asString(),
                        action.path("parameters").path("url").asString());
            default -> new Action.LocationRequest();
        };
    }

    private static Action menu(JsonNode action) {
        List<Content.Section> sections = new ArrayList<>();
        for (JsonNode section : action.path("sections")) {
            List<Content.Row> rows = new ArrayList<>();
            for (JsonNode row : section.path("rows")) {
                rows.add(new Content.Row(
                        row.path("id").asString(), row.path("title").asString(), text(row, "description")));
            }
            sections.add(new Content.Section(text(section, "title"), List.copyOf(rows)));
        }
        return new Action.Menu(action.path("button").asString(), List.copyOf(sections));
    }

    private static @Nullable String text(JsonNode node, String name) {
        return node.has(name) ? node.path(name).asString() : null;
    }
}
