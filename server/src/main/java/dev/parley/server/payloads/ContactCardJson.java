package dev.parley.server.payloads;

import dev.parley.connector.ContactCard;
import dev.parley.server.platform.json.Json;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Cards of persons as payloads show them, whoever sent them. */
public final class ContactCardJson {

    /** The member with the name. */
    static final String NAME = "name";

    /** The lists of a card, and what their entries may have. */
    static final Map<String, List<String>> LISTS = Map.of(
            "phones", ContactCard.PHONE,
            "emails", ContactCard.EMAIL,
            "addresses", ContactCard.ADDRESS,
            "urls", ContactCard.URL);

    /** The member with the employer. */
    static final String ORGANIZATION = "org";

    /** The member with the day of birth. */
    static final String BIRTHDAY = "birthday";

    private ContactCardJson() {}

    /** What is known of the card, and no more. */
    public static ObjectNode write(ContactCard card) {
        ObjectNode node = Json.MAPPER.createObjectNode();
        put(node.putObject(NAME), card.name(), ContactCard.NAME);
        put(node, "phones", card.phones());
        put(node, "emails", card.emails());
        put(node, "addresses", card.addresses());
        put(node, "urls", card.urls());
        if (!card.organization().isEmpty()) {
            put(node.putObject(ORGANIZATION), card.organization(), ContactCard.ORGANIZATION);
        }
        if (card.birthday() != null) {
            node.put(BIRTHDAY, card.birthday());
        }
        return node;
    }

    private static void put(ObjectNode node, String name, List<Map<String, String>> entries) {
        if (!entries.isEmpty()) {
            ArrayNode list = node.putArray(name);
            entries.forEach(entry -> put(list.addObject(), entry, LISTS.getOrDefault(name, List.of())));
        }
    }

    private static void put(ObjectNode to, Map<String, String> texts, List<String> members) {
        for (String member : members) {
            String text = texts.get(member);
            if (text != null) {
                to.put(member, text);
            }
        }
    }
}
