package dev.parley.server.callbacks;

import dev.parley.connector.InboundContent;
import dev.parley.server.platform.json.Json;
import java.math.BigDecimal;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a candidate did with something that can be tapped on, as {@code interactive}: {@code type} names the member that holds
 * it.
 */
final class InteractiveAnswer {

    private InteractiveAnswer() {}

    /** {@code button_reply}, {@code list_reply}, or {@code button} for a quick reply of a template. */
    static void write(ObjectNode interactive, InboundContent.Choice choice) {
        String type = switch (choice.offer()) {
            case BUTTON -> "button_reply";
            case LIST -> "list_reply";
            case TEMPLATE_BUTTON -> "button";
        };
        ObjectNode node = interactive.put("type", type).putObject(type);
        node.put("id", choice.id()).put("title", choice.title());
        InboundPayload.put(node, "description", choice.description());
    }

    static void write(ObjectNode interactive, InboundContent.Form form) {
        ObjectNode node = interactive.put("type", "form_reply").putObject("form_reply");
        InboundPayload.put(node, "name", form.name());
        InboundPayload.put(node, "body", form.body());
        node.set("answers", Json.MAPPER.readTree(form.answers()));
    }

    static void write(ObjectNode interactive, InboundContent.Order order) {
        ObjectNode node = interactive.put("type", "order").putObject("order");
        InboundPayload.put(node, "catalogId", order.catalogId());
        InboundPayload.put(node, "text", order.text());
        ArrayNode items = node.putArray("items");
        for (InboundContent.Item item : order.items()) {
            ObjectNode one = items.addObject().put("productId", item.productId());
            one.put("quantity", item.quantity());
            if (item.price() != null) {
                one.put("price", new BigDecimal(item.price()));
            }
            if (item.currency() != null) {
                one.put("currency", item.currency().toUpperCase(Locale.ROOT));
            }
        }
    }
}
