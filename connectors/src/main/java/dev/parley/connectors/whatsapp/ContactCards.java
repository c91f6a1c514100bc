package dev.parley.connectors.whatsapp;

import dev.parley.connector.ContactCard;
import dev.parley.connectors.support.Json;
import dev.parley.connectors.support.Texts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Cards of persons as WhatsApp reads and writes them. What else stands in a card ({@code vcard}) is left out. */
final class ContactCards {

    private static final int MAX_CARDS = 257;
    private static final int MAX_ENTRIES = 50;
    private static final int MAX_TEXT = 1_024;

    private ContactCards() {}

    /** The cards that have a name; at most 257. */
    static List<ContactCard> read(JsonNode contacts) {
        List<ContactCard> cards = new ArrayList<>();
        for (JsonNode contact : contacts) {
            Map<String, String> name = new LinkedHashMap<>(texts(contact.path("name"), ContactCard.NAME));
            if (!name.isEmpty() && cards.size() < MAX_CARDS) {
                name.putIfAbsent(ContactCard.FORMATTED_NAME, String.join(" ", name.values()));
                cards.add(card(contact, name));
            }
        }
        return List.copyOf(cards);
    }

    private static ContactCard card(JsonNode contact, Map<String, String> name) {
        String birthday = Json.text(contact, "birthday");
        return new ContactCard(
                name,
                list(contact, "phones", ContactCard.PHONE),
                list(contact, "emails", ContactCard.EMAIL),
                list(contact, "addresses", ContactCard.ADDRESS),
                list(contact, "urls", ContactCard.URL),
                texts(contact.path("org"), ContactCard.ORGANIZATION),
                birthday == null ? null : Texts.cut(birthday, MAX_TEXT));
    }

    private static List<Map<String, String>> list(JsonNode contact, String name, List<String> members) {
        List<Map<String, String>> entries = new ArrayList<>();
        for (JsonNode entry : contact.path(name)) {
            Map<String, String> texts = texts(entry, members);
            if (!texts.isEmpty() && entries.size() < MAX_ENTRIES) {
                entries.add(texts);
            }
        }
        return entries;
    }

    private static Map<String, String> texts(JsonNode node, List<String> members) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (String member : members) {
            String text = Json.text(node, member);
            if (text != null) {
                texts.put(member, Texts.cut(text, MAX_TEXT));
            }
        }
        return texts;
    }

    /** Adds them to the body of a send. */
    static void write(ObjectNode body, List<ContactCard> cards) {
        ArrayNode contacts = body.put("type", "contacts").putArray("contacts");
        for (ContactCard card : cards) {
            ObjectNode contact = contacts.addObject();
            ObjectNode name = contact.putObject("name");
            put(name, card.name(), ContactCard.NAME);
            if (card.name().size() == 1) {
                // WhatsApp wants one part of the name at least beside the whole of it.
                name.put("first_name", card.name().get(ContactCard.FORMATTED_NAME));
            }
            put(contact, "phones", card.phones(), ContactCard.PHONE);
            put(contact, "emails", card.emails(), ContactCard.EMAIL);
            put(contact, "addresses", card.addresses(), ContactCard.ADDRESS);
            put(contact, "urls", card.urls(), ContactCard.URL);
            if (!card.organization().isEmpty()) {
                put(contact.putObject("org"), card.organization(), ContactCard.ORGANIZATION);
            }
            if (card.birthday() != null) {
                contact.put("birthday", card.birthday());
            }
        }
    }

    private static void put(ObjectNode contact, String name, List<Map<String, String>> entries, List<String> members) {
        if (!entries.isEmpty()) {
            ArrayNode list = contact.putArray(name);
            entries.forEach(entry -> put(list.addObject(), entry, members));
        }
    }

    /** In the order of {@code members}, so that the same card makes the same bytes. */
    private static void put(ObjectNode to, Map<String, String> texts, List<String> members) {
        for (String member : members) {
            String text = texts.get(member);
            if (text != null) {
                to.put(member, text);
            }
        }
    }
}
