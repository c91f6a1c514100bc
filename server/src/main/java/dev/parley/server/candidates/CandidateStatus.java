package dev.parley.server.candidates;

import dev.parley.server.platform.json.Json;
import dev.parley.server.platform.jsonapi.Resource;
import java.time.Instant;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/**
 * A candidate status as it is stored.
 *
 * @param position its place among the others; several may share one
 * @param version rises with each change
 */
record CandidateStatus(UUID id, String name, int position, int version, Instant createdAt, Instant updatedAt) {

    /** As callers see it: in answers and in events alike. */
    Resource resource() {
        ObjectNode attributes = Json.MAPPER.createObjectNode();
        attributes.put("name", name);
        attributes.put("position", position);
        attributes.put("createdAt", Json.time(createdAt));
        attributes.put("updatedAt", Json.time(updatedAt));
        return new Resource(id, attributes, Json.MAPPER.createObjectNode().put("version", version));
    }
}
