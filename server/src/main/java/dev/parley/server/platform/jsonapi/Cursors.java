package dev.parley.server.platform.jsonapi;

import dev.parley.server.platform.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/**
 * Places in a list as opaque text: {@code [version, sort, values…, id]} as compact JSON in base64url. A cursor holds no
 * secret and gives no right: the organization is never taken from it.
 */
final class Cursors {

    /** Four sort fields with the longest names there are; requests with more are refused by the server anyway. */
    private static final int MOST_LENGTH = 8_000;

    private static final int VERSION = 1;
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999Z");

    private Cursors() {}

    /** @param values of the sort fields and then the id */
    static String write(List<ListQuery.Order> order, List<@Nullable Object> values) {
        ArrayNode all = Json.MAPPER.createArrayNode().add(VERSION).add(sort(order));
        for (Object value : values) {
            switch (value) {
                case null -> all.addNull();
                case Long number -> all.add(number.longValue());
                default -> all.add(value.toString());
            }
        }
        byte[] json = Json.MAPPER.writeValueAsString(all).getBytes(StandardCharsets.UTF_8);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json);
    }

    /** The values of the sort fields and then the id; null when it is no cursor of this order. */
    static @Nullable List<@Nullable Object> read(ResourceType type, List<ListQuery.Order> order, String text) {
        if (text.length() > MOST_LENGTH) {
            return null;
        }
        try {
            JsonNode all = Json.MAPPER.readTree(Base64.getUrlDecoder().decode(text));
            if (!all.isArray() || all.size() != order.size() + 3) {
                return null;
            }
            List<@Nullable Object> values = new ArrayList<>();
            for (int i = 0; i < order.size(); i++) {
                values.add(value(type, order.get(i), all.get(i + 2)));
            }
            values.add(UUID.fromString(all.get(order.size() + 2).stringValue()));
            // What we would not have written ourselves was changed on its way, or belongs to another sort or version.
            return write(order, values).equals(text) ? values : null;
        } catch (JacksonException | IllegalArgumentException | DateTimeException e) {
            return null;
        }
    }

    private static @Nullable Object value(ResourceType type, ListQuery.Order order, JsonNode node) {
        if (node.isNull()) {
            return null;
        }
        return switch (type.sortKind(order.field())) {
            case Kind.Time time -> time(node.stringValue());
            case Kind.Whole whole -> node.longValue();
            case Kind other -> text(node.stringValue());
        };
    }

    private static Instant time(String text) {
        Instant time = Instant.parse(text);
        if (time.isBefore(FIRST) || time.isAfter(LAST)) {
            throw new IllegalArgumentException("a time that no row has");
        }
        return time;
    }

    private static String text(String text) {
        if (!TextCheck.storable(text)) {
            throw new IllegalArgumentException("a text that no row has");
        }
        return text;
    }

    private static String sort(List<ListQuery.Order> order) {
        return order.stream()
                .map(one -> (one.descending() ? "-" : "") + one.field())
                .collect(Collectors.joining(","));
    }
}
