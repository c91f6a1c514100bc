package dev.parley.server.surface;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The ids that fuzzed requests name: mostly of what is there, so that they get further than its absence. */
@NullUnmarked
final class FuzzedIds {

    private final Random random;
    private final Map<String, List<String>> own = new LinkedHashMap<>();
    private final List<String> all = new ArrayList<>();

    FuzzedIds(Random random, Tenant asking, Tenant other) {
        this.random = random;
        asking.ids.forEach(this::learn);
        all.addAll(other.ids.values());
    }

    /** Notes what was made. */
    void learn(String type, String id) {
        own.computeIfAbsent(type, key -> new ArrayList<>()).add(id);
        all.add(id);
    }

    /** Of anything, here or in the other organization. */
    String any() {
        return random.nextInt(8) == 0 ? new UUID(random.nextLong(), random.nextLong()).toString() : from(all);
    }

    /** Of that type most of the time. */
    String of(String type) {
        List<String> known = own.get(type);
        return known == null || random.nextInt(5) == 0 ? any() : from(known);
    }

    /** Of that type, for what makes an end of it: the last one is kept. */
    String taken(String type) {
        List<String> known = own.get(type);
        return known == null || known.size() < 3 || random.nextInt(5) == 0
                ? any()
                : known.remove(1 + random.nextInt(known.size() - 1));
    }

    private String from(List<String> list) {
        return list.get(random.nextInt(list.size()));
    }

    /** Lets what stands in a body lead to what is there. */
    void settle(JsonNode node) {
        if (node instanceof ObjectNode object) {
            if (object.has("id") && own.containsKey(object.path("type").asString(""))) {
                object.put("id", of(object.path("type").asString()));
            }
            for (String name : List.copyOf(object.propertyNames())) {
                String type = name.endsWith("Id") ? plural(name.substring(0, name.length() - 2)) : "";
                if (own.containsKey(type)) {
                    object.put(name, of(type));
                }
            }
            if (object.path("template") instanceof ObjectNode template) {
                template.put("id", of("messageTemplates"));
            }
        }
        node.values().forEach(this::settle);
    }

    private static String plural(String name) {
        return name.endsWith("s") ? name + "es" : name + "s";
    }
}
