package dev.parley.server.organizations;

import dev.parley.server.platform.json.Json;
import dev.parley.server.platform.jsonapi.Resource;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** An organization as callers see it: in answers and in events alike. */
final class OrganizationView {

    private OrganizationView() {}

    /** The resource, with what was made just now. */
    static Resource resource(Organization o, @Nullable String token, @Nullable String signingSecret) {
        ObjectNode attributes = Json.MAPPER.createObjectNode();
        attributes.put("name", o.name());
        attributes.put("webhookUrl", o.webhookUrl());
        attributes.put("webhookSecret", o.webhookSecret() == null ? null : "***");
        attributes.put("token", token);
        attributes.put("signingSecret", signingSecret);
        attributes.put("createdAt", Json.time(o.createdAt()));
        attributes.put("updatedAt", Json.time(o.updatedAt()));
        return new Resource(o.id(), attributes, Json.MAPPER.createObjectNode().put("version", o.version()));
    }

    /** What an event keeps; never a secret. */
    static String state(Organization o) {
        return resource(o, null, null).state();
    }
}
