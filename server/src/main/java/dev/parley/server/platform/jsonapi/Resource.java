package dev.parley.server.platform.jsonapi;

import dev.parley.server.platform.json.Json;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A resource as a feature hands it over.
 *
 * @param id its id
 * @param attributes by their declared names; a missing one is written as null. A value may be raw JSON
 *     ({@link ObjectNode#putRawValue}); the {@code <name>Id} attributes make the relationships
 * @param meta of the resource; null for none
 */
public record Resource(
        UUID id, ObjectNode attributes, @Nullable ObjectNode meta) {

    /** What an event keeps of it, and answers are made of again: attributes and meta, as JSON. */
    public String state() {
        ObjectNode state = Json.MAPPER.createObjectNode();
        state.set("attributes", attributes);
        state.set("meta", meta);
        return Json.text(state);
    }

    /** The id alone. */
    @Override
    public String toString() {
        return id.toString();
    }
}
