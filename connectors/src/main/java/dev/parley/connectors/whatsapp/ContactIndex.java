package dev.parley.connectors.whatsapp;

import dev.parley.connectors.support.Json;
import dev.parley.connectors.support.Texts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The entries of {@code contacts} by what a message or status names its candidate with. */
final class ContactIndex {

    static final int MAX_MEMBER = 512;

    private static final List<String> KEYS = List.of("wa_id", "user_id");
    private static final List<String> NAMED_BY = List.of("from", "from_user_id", "recipient_id", "recipient_user_id");
    private static final List<String> MEMBERS = List.of("wa_id", "user_id", "parent_user_id", "identity_key_hash");

    private final Map<String, ObjectNode> byKey = new HashMap<>();
    private final @Nullable ObjectNode only;

    ContactIndex(JsonNode contacts) {
        ObjectNode last = null;
        for (JsonNode contact : contacts) {
            last = copyOf(contact);
            for (String key : KEYS) {
                String value = Json.text(contact, key);
                if (value != null) {
                    byKey.putIfAbsent(value, last);
                }
            }
        }
        this.only = contacts.size() == 1 ? last : null;
    }

    /**
     * The contact of a message or status; null when there is none.
     *
     * @param alone whether it is the only one beside {@code contacts}: then a single contact is its own even where it names
     *     nobody itself
     */
    @Nullable
    ObjectNode find(JsonNode update, boolean alone) {
        boolean named = false;
        for (String member : NAMED_BY) {
            String value = Json.text(update, member);
            if (value != null) {
                named = true;
                ObjectNode contact = byKey.get(value);
                if (contact != null) {
                    return contact;
                }
            }
        }
        return alone && !named ? only : null;
    }

    /** Copies a text or a whole number, cut to 512 characters. */
    static void copy(JsonNode from, String name, ObjectNode to, String as) {
        String value = Json.text(from, name);
        if (value != null) {
            to.put(as, Texts.cut(value, MAX_MEMBER));
        }
    }

    private static ObjectNode copyOf(JsonNode contact) {
        ObjectNode copy = Json.object();
        for (String member : MEMBERS) {
            copy(contact, member, copy, member);
        }
        if (contact.path("profile").isObject()) {
            ObjectNode profile = copy.putObject("profile");
            copy(contact.path("profile"), "name", profile, "name");
            copy(contact.path("profile"), "username", profile, "username");
        }
        return copy;
    }
}
