package dev.parley.connectors.whatsapp;

import dev.parley.connector.Address;
import dev.parley.connectors.support.Json;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Gathers the addresses that an answer or an update gives of one candidate, each once, in order. */
final class WhatsAppAddresses {

    private static final Pattern PHONE = Pattern.compile("[0-9]{5,20}");
    private static final Pattern USER = Pattern.compile("[A-Za-z0-9._-]{1,160}");

    private final Set<Address> found = new LinkedHashSet<>();

    WhatsAppAddresses phone(JsonNode node, String name) {
        return add(Address.PHONE, PHONE, Json.text(node, name));
    }

    WhatsAppAddresses user(JsonNode node, String name) {
        return add(Address.USER, USER, Json.text(node, name));
    }

    /** Both members of an entry in the list of contacts. */
    WhatsAppAddresses contact(JsonNode contact) {
        return phone(contact, "wa_id").user(contact, "user_id");
    }

    List<Address> list() {
        return List.copyOf(found);
    }

    private WhatsAppAddresses add(String kind, Pattern form, @Nullable String value) {
        if (value != null && form.matcher(value.strip()).matches()) {
            found.add(new Address(kind, value.strip()));
        }
        return this;
    }
}
