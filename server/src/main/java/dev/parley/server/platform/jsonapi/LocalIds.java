package dev.parley.server.platform.jsonapi;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The local ids of one request of operations, by type, with the ids that they stand for. Belongs to one thread. */
final class LocalIds {

    private final Map<String, Map<String, UUID>> ids = new HashMap<>();

    /** False when the local id stands for something already. */
    boolean put(String type, String lid, UUID id) {
        return ids.computeIfAbsent(type, any -> new HashMap<>()).putIfAbsent(lid, id) == null;
    }

    /** Something for those that are not known yet, while a request is checked. */
    boolean reserve(String type, String lid) {
        return put(type, lid, new UUID(0, 0));
    }

    @Nullable
    UUID find(String type, String lid) {
        return ids.getOrDefault(type, Map.of()).get(lid);
    }

    /** A copy in which ids stand in place of local ones wherever a resource is named. */
    JsonNode resolved(JsonNode data) {
        JsonNode copy = data.deepCopy();
        if (data.isObject() && data.has("relationships")) {
            copy.get("relationships").forEach(relationship -> resolveAll(relationship.path("data")));
        } else {
            resolveAll(copy);
        }
        return copy;
    }

    private void resolveAll(JsonNode linkage) {
        if (linkage instanceof ArrayNode many) {
            many.forEach(this::resolve);
        } else {
            resolve(linkage);
        }
    }

    private void resolve(JsonNode linkage) {
        if (linkage instanceof ObjectNode named
                && !named.has("id")
                && named.path("lid").isString()) {
            UUID id = find(named.path("type").asString(""), named.path("lid").stringValue());
            if (id != null) {
                named.remove("lid");
                named.put("id", id.toString());
            }
        }
    }
}
