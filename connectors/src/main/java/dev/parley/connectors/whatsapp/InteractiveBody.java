package dev.parley.connectors.whatsapp;

import dev.parley.connector.Content;
import dev.parley.connector.Content.Action;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes {@code interactive} into the body of a send.
 *
 * <p>Source: Meta's pages "interactive reply buttons", "interactive list", "interactive call-to-action URL button" and
 * "location request".
 */
final class InteractiveBody {

    private InteractiveBody() {}

    static void write(ObjectNode body, Content.Interactive content) {
        ObjectNode interactive = body.put("type", "interactive").putObject("interactive");
        interactive.put("type", typeOf(content.action()));
        Content.Prompt prompt = content.prompt();
        if (prompt.header() != null) {
            interactive.putObject("header").put("type", "text").put("text", prompt.header());
        }
        interactive.putObject("body").put("text", prompt.body());
        if (prompt.footer() != null) {
            interactive.putObject("footer").put("text", prompt.footer());
        }
        action(interactive.putObject("action"), content.action());
    }

    private static String typeOf(Action action) {
        return switch (action) {
            case Action.Buttons _ -> "button";
            case Action.Menu _ -> "list";
            case Action.Link _ -> "cta_url";
            case Action.LocationRequest _ -> "location_request_message";
        };
    }

    private static void action(ObjectNode to, Action action) {
        switch (action) {
            case Action.Buttons buttons -> {
                ArrayNode list = to.putArray("buttons");
                for (Content.Button button : buttons.buttons()) {
                    list.addObject()
                            .put("type", "reply")
                            .putObject("reply")
                            .put("id", button.id())
                            .put("title", button.title());
                }
            }
            case Action.Menu menu -> menu(to, menu);
            case Action.Link link ->
                to.put("name", "cta_url")
                        .putObject("parameters")
                        .put("display_text", link.text())
                        .put("url", link.url());
            case Action.LocationRequest _ -> to.put("name", "send_location");
        }
    }

    private static void menu(ObjectNode to, Action.Menu menu) {
        ArrayNode sections = to.put("button", menu.button()).putArray("sections");
        for (Content.Section section : menu.sections()) {
            ObjectNode one = sections.addObject();
            if (section.title() != null) {
                one.put("title", section.title());
            }
            ArrayNode rows = one.putArray("rows");
            for (Content.Row row : section.rows()) {
                ObjectNode written = rows.addObject().put("id", row.id()).put("title", row.title());
                if (row.description() != null) {
                    written.put("description", row.description());
                }
            }
        }
    }
}
