package dev.parley.server.candidates;

import dev.parley.server.platform.json.Json;
import dev.parley.server.platform.jsonapi.Resource;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A user as it is stored.
 *
 * @param timeZone IANA name
 * @param externalId what the caller calls it
 * @param version rises with each change, those of the candidates assigned included
 */
record User(
        UUID id,
        String firstName,
        String lastName,
        @Nullable String email,
        @Nullable String phone,
        @Nullable String timeZone,
        @Nullable String externalId,
        int version,
        Instant createdAt,
        Instant updatedAt) {

    /** The same after a change of what is not among its attributes. */
    User changed(Instant now) {
        return new User(id, firstName, lastName, email, phone, timeZone, externalId, version + 1, createdAt, now);
    }

    /** As callers see it: in answers and in events alike. */
    Resource resource() {
        ObjectNode attributes = Json.MAPPER.createObjectNode();
        attributes.put(UserType.FIRST_NAME, firstName);
        attributes.put(UserType.LAST_NAME, lastName);
        attributes.put(UserType.FULL_NAME, firstName + " " + lastName);
        attributes.put(UserType.EMAIL, email);
        attributes.put(UserType.PHONE, phone);
        attributes.put(UserType.TIME_ZONE, timeZone);
        attributes.put(UserType.EXTERNAL_ID, externalId);
        attributes.put("createdAt", Json.time(createdAt));
        attributes.put("updatedAt", Json.time(updatedAt));
        return new Resource(id, attributes, Json.MAPPER.createObjectNode().put("version", version));
    }

    /** What an event keeps. */
    String state() {
        Resource resource = resource();
        ObjectNode state = Json.MAPPER.createObjectNode();
        state.set("attributes", resource.attributes());
        state.set("meta", resource.meta());
        return Json.text(state);
    }

    /** The id alone: the rest is personal. */
    @Override
    public String toString() {
        return id.toString();
    }
}
