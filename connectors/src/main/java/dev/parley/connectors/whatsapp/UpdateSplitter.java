package dev.parley.connectors.whatsapp;

import dev.parley.connector.RawUpdate;
import dev.parley.connector.RouteKey;
import dev.parley.connectors.support.Json;
import dev.parley.connectors.support.Texts;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Splits one body into its updates. Each becomes an object of its own with {@code field}, {@code entry}, {@code time},
 * {@code metadata}, the {@code contact} it is about, and one of {@code message}, {@code status}, {@code error} or {@code
 * value} as Meta sent it; what is not understood becomes {@code unreadable} with the text of it, cut to 64 Ki characters.
 * For one body only.
 */
final class UpdateSplitter {

    static final String MESSAGES = "messages";
    private static final String[][] LISTS = {{MESSAGES, "message"}, {"statuses", "status"}, {"errors", "error"}};

    /** Twenty times what Meta sends at most. A body with more is not Meta's. */
    private static final int MAX_UPDATES = 20_000;

    private static final int MAX_UNREADABLE = 65_536;

    /** What is copied into each update makes Meta's bodies three times as large at most. */
    private static final int MAX_GROWTH = 8;

    private static final int ALWAYS_ALLOWED = 1 << 20;

    private final byte[] body;
    private final List<RawUpdate> updates = new ArrayList<>();
    private long characters;

    UpdateSplitter(byte[] body) {
        this.body = body;
    }

    List<RawUpdate> split() {
        JsonNode root = Json.read(body);
        if (root == null || !root.path("entry").isArray()) {
            return List.of(unreadable(new String(body, StandardCharsets.UTF_8)));
        }
        for (JsonNode entry : root.path("entry")) {
            addEntry(entry);
            if (isTooMuch()) {
                return List.of(unreadable(new String(body, StandardCharsets.UTF_8)));
            }
        }
        return List.copyOf(updates);
    }

    private boolean isTooMuch() {
        return updates.size() > MAX_UPDATES || characters > (long) MAX_GROWTH * body.length + ALWAYS_ALLOWED;
    }

    private void add(RawUpdate update) {
        updates.add(update);
        characters += update.json().length();
    }

    private void addEntry(JsonNode entry) {
        JsonNode changes = entry.path("changes");
        if (!changes.isArray()) {
            add(unreadable(Json.write(entry)));
            return;
        }
        for (JsonNode change : changes) {
            addChange(entry, change);
            if (isTooMuch()) {
                return;
            }
        }
    }

    private void addChange(JsonNode entry, JsonNode change) {
        String field = Json.text(change, "field");
        JsonNode value = change.path("value");
        if (field == null || !value.isObject()) {
            add(unreadable(Json.write(change)));
            return;
        }
        int before = updates.size();
        if (field.equals(MESSAGES)) {
            addMessages(entry, field, value);
        }
        if (updates.size() == before) {
            ObjectNode update = envelope(entry, field, value);
            add(raw(routeOf(entry, value), update.set("value", value)));
        }
    }

    private void addMessages(JsonNode entry, String field, JsonNode value) {
        RouteKey route = routeOf(entry, value);
        ContactIndex contacts = new ContactIndex(value.path("contacts"));
        for (String[] names : LISTS) {
            boolean alone = value.path(names[0]).size() == 1;
            for (JsonNode one : value.path(names[0])) {
                if (isTooMuch()) {
                    return;
                }
                ObjectNode update = envelope(entry, field, value);
                ObjectNode contact = contacts.find(one, alone);
                if (contact != null) {
                    update.set("contact", contact);
                }
                add(raw(route, update.set(names[1], one)));
            }
        }
    }

    /** Members are copied one by one and cut, so that a thousand updates do not carry a thousand copies of something big. */
    private static ObjectNode envelope(JsonNode entry, String field, JsonNode value) {
        ObjectNode update = Json.object();
        update.put("field", Texts.cut(field, ContactIndex.MAX_MEMBER));
        ContactIndex.copy(entry, "id", update, "entry");
        ContactIndex.copy(entry, "time", update, "time");
        JsonNode metadata = value.path("metadata");
        if (metadata.isObject()) {
            ObjectNode copied = update.putObject("metadata");
            ContactIndex.copy(metadata, "display_phone_number", copied, "display_phone_number");
            ContactIndex.copy(metadata, "phone_number_id", copied, "phone_number_id");
        }
        return update;
    }

    private static @Nullable RouteKey routeOf(JsonNode entry, JsonNode value) {
        String number = Texts.id(Json.text(value.path("metadata"), "phone_number_id"));
        if (number != null) {
            return new RouteKey(WhatsAppConnector.ROUTE_PHONE, number);
        }
        String business = Texts.id(Json.text(entry, "id"));
        return business == null ? null : new RouteKey(WhatsAppConnector.ROUTE_BUSINESS, business);
    }

    private static RawUpdate unreadable(String text) {
        return raw(null, Json.object().put("unreadable", Texts.cut(text, MAX_UNREADABLE)));
    }

    private static RawUpdate raw(@Nullable RouteKey route, JsonNode update) {
        return new RawUpdate(route, Json.write(update));
    }
}
