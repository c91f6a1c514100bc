package dev.parley.server.payloads;

import dev.parley.connector.Capabilities.Feature;
import dev.parley.connector.ContactCard;
import dev.parley.connector.Content;
import dev.parley.server.platform.json.Json;
import dev.parley.server.platform.jsonapi.Problem;
import dev.parley.server.platform.jsonapi.ProblemCode;
import dev.parley.server.platform.jsonapi.ValueParser.Parsed;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Cards of persons: 1 to 257, each with a formatted name, up to 20 entries in a list and 1,000 characters in a text. */
public final class ContactsPayload implements PayloadKind {

    private static final String TYPE = "contacts";
    private static final int MOST = 257;
    private static final int ENTRIES = 20;
    private static final int LONGEST = 1_000;
    private static final Set<String> KNOWN = known();

    private static Set<String> known() {
        Set<String> known = new HashSet<>(ContactCardJson.LISTS.keySet());
        known.addAll(Set.of(ContactCardJson.NAME, ContactCardJson.ORGANIZATION, ContactCardJson.BIRTHDAY));
        return Set.copyOf(known);
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Parsed read(ObjectNode payload, String pointer) {
        List<Problem> problems = new ArrayList<>();
        Fields outer = Fields.of(payload, pointer, problems, Set.of("type", TYPE));
        ObjectNode content = Json.MAPPER.createObjectNode().put("type", TYPE);
        ArrayNode cards = content.putArray(TYPE);
        ArrayNode given = outer.list(TYPE, MOST);
        for (int i = 0; i < given.size(); i++) {
            cards.add(card(Fields.of(given.get(i), outer.at(TYPE) + "/" + i, problems, KNOWN), problems));
        }
        return new Parsed.Value(
                problems.isEmpty()
                        ? Payload.freeForm(content, new Needs(Feature.CONTACTS, "contacts", outer.at(TYPE)))
                        : Payload.bad(payload, problems));
    }

    private static ObjectNode card(Fields fields, List<Problem> problems) {
        Map<String, String> name =
                texts(fields.object(ContactCardJson.NAME, Set.copyOf(ContactCard.NAME)), ContactCard.NAME);
        if (fields.get(ContactCardJson.NAME) instanceof ObjectNode given
                && !given.hasNonNull(ContactCard.FORMATTED_NAME)) {
            problems.add(Problem.at(
                    ProblemCode.MISSING_MEMBER,
                    fields.at(ContactCardJson.NAME),
                    "Give formatted_name, the whole name as it is shown, 1 to " + LONGEST + " characters."));
        }
        Map<String, List<Map<String, String>>> lists = new LinkedHashMap<>();
        ContactCardJson.LISTS.forEach((list, members) -> lists.put(list, entries(fields, list, members, problems)));
        Map<String, String> organization = fields.has(ContactCardJson.ORGANIZATION)
                ? texts(
                        fields.object(ContactCardJson.ORGANIZATION, Set.copyOf(ContactCard.ORGANIZATION)),
                        ContactCard.ORGANIZATION)
                : Map.of();
        return ContactCardJson.write(card(name, lists, organization, birthday(fields)));
    }

    private static ContactCard card(
            Map<String, String> name,
            Map<String, List<Map<String, String>>> lists,
            Map<String, String> organization,
            @Nullable String birthday) {
        return new ContactCard(
                name,
                lists.getOrDefault("phones", List.of()),
                lists.getOrDefault("emails", List.of()),
                lists.getOrDefault("addresses", List.of()),
                lists.getOrDefault("urls", List.of()),
                organization,
                birthday);
    }

    private static List<Map<String, String>> entries(
            Fields fields, String list, List<String> members, List<Problem> problems) {
        List<Map<String, String>> entries = new ArrayList<>();
        ArrayNode given = fields.list(list, ENTRIES, false);
        for (int i = 0; i < given.size(); i++) {
            entries.add(
                    texts(Fields.of(given.get(i), fields.at(list) + "/" + i, problems, Set.copyOf(members)), members));
        }
        return entries;
    }

    private static Map<String, String> texts(Fields fields, List<String> members) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (String member : members) {
            String text = fields.optional(member, LONGEST);
            if (text != null) {
                texts.put(member, text);
            }
        }
        return texts;
    }

    private static @Nullable String birthday(Fields fields) {
        String day = fields.optional(ContactCardJson.BIRTHDAY, 10);
        if (day == null) {
            return null;
        }
        try {
            return LocalDate.parse(day).toString();
        } catch (DateTimeParseException e) {
            fields.problem(ProblemCode.INVALID_VALUE, ContactCardJson.BIRTHDAY, "Write the day as YYYY-MM-DD.");
            return null;
        }
    }

    @Override
    public Content content(JsonNode stored) {
        List<ContactCard> cards = new ArrayList<>();
        for (JsonNode card : stored.path(TYPE)) {
            Map<String, List<Map<String, String>>> lists = new LinkedHashMap<>();
            for (String list : ContactCardJson.LISTS.keySet()) {
                List<Map<String, String>> entries = new ArrayList<>();
                card.path(list).forEach(entry -> entries.add(texts(entry)));
                lists.put(list, entries);
            }
            JsonNode birthday = card.path(ContactCardJson.BIRTHDAY);
            cards.add(card(
                    texts(card.path(ContactCardJson.NAME)),
                    lists,
                    texts(card.path(ContactCardJson.ORGANIZATION)),
                    birthday.isString() ? birthday.stringValue() : null));
        }
        return new Content.Contacts(cards);
    }

    private static Map<String, String> texts(JsonNode node) {
        Map<String, String> texts = new LinkedHashMap<>();
        node.properties()
                .forEach(member -> texts.put(member.getKey(), member.getValue().asString()));
        return texts;
    }
}
