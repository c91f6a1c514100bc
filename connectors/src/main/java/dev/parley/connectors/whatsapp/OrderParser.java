package dev.parley.connectors.whatsapp;

import dev.parley.connector.InboundContent;
import dev.parley.connectors.support.Json;
import dev.parley.connectors.support.Texts;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Understands an order from a catalogue. */
final class OrderParser {

    private static final int MAX_ITEMS = 200;
    private static final int MAX_TEXT = 4_096;
    private static final int MAX_WORD = 512;
    private static final BigDecimal MOST = new BigDecimal("1e15");

    private OrderParser() {}

    /** Null when it is none. */
    static @Nullable InboundContent parse(JsonNode order) {
        List<InboundContent.Item> items = new ArrayList<>();
        for (JsonNode item : order.path("product_items")) {
            String product = Json.text(item, "product_retailer_id");
            if (product != null && items.size() < MAX_ITEMS) {
                items.add(new InboundContent.Item(
                        Texts.cut(product, MAX_WORD),
                        quantity(item.path("quantity")),
                        price(item.path("item_price")),
                        text(item, "currency", MAX_WORD)));
            }
        }
        return items.isEmpty()
                ? null
                : new InboundContent.Order(
                        text(order, "catalog_id", MAX_WORD), text(order, "text", MAX_TEXT), List.copyOf(items));
    }

    /** A whole number, or the text of one; 1 where there is none. */
    private static long quantity(JsonNode quantity) {
        BigDecimal number = number(quantity);
        return number == null ? 1 : Math.max(0, number.longValue());
    }

    private static @Nullable String price(JsonNode price) {
        BigDecimal number = number(price);
        return number == null ? null : number.toPlainString();
    }

    private static @Nullable BigDecimal number(JsonNode node) {
        String text = node.isNumber() ? node.asString() : node.stringValue("");
        if (text.isEmpty() || text.length() > 20) {
            return null;
        }
        try {
            BigDecimal number = new BigDecimal(text);
            return number.scale() <= 20 && number.abs().compareTo(MOST) < 0 ? number : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static @Nullable String text(JsonNode node, String name, int most) {
        String text = Json.text(node, name);
        return text == null ? null : Texts.cut(text, most);
    }
}
