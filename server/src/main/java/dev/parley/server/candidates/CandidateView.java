package dev.parley.server.candidates;

import dev.parley.server.platform.json.Json;
import dev.parley.server.platform.jsonapi.Resource;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** A candidate as callers see it: in answers and in events alike. */
final class CandidateView {

    private CandidateView() {}

    static Resource resource(Candidate c) {
        UUID status = c.statusId();
        ObjectNode attributes = Json.MAPPER.createObjectNode();
        attributes.put("phone", c.phone());
        attributes.put("firstName", c.firstName());
        attributes.put("lastName", c.lastName());
        attributes.put("email", c.email());
        attributes.put("postalCode", c.postalCode());
        attributes.put("candidateStatusId", status == null ? null : status.toString());
        attributes.put("deletedAt", Json.time(c.deletedAt()));
        attributes.put("createdAt", Json.time(c.createdAt()));
        attributes.put("updatedAt", Json.time(c.updatedAt()));
        return new Resource(c.id(), attributes, Json.MAPPER.createObjectNode().put("version", c.version()));
    }

    /** What an event keeps. */
    static String state(Candidate c) {
        return resource(c).state();
    }
}
