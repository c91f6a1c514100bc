package dev.parley.server.webhooks;

import dev.parley.server.platform.json.Json;
import dev.parley.server.platform.jsonapi.Resource;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A webhook as callers see it: in answers and in events alike. */
final class WebhookView {

    private WebhookView() {}

    static Resource resource(Webhook w) {
        ObjectNode attributes = Json.MAPPER.createObjectNode();
        attributes.put(WebhookType.RESOURCE, w.resource());
        attributes.put(WebhookType.EVENT, w.event());
        if (w.fields().isEmpty()) {
            attributes.putNull(WebhookType.FIELDS);
        } else {
            ArrayNode fields = attributes.putArray(WebhookType.FIELDS);
            w.fields().forEach(fields::add);
        }
        attributes.put(WebhookType.URL, w.url());
        attributes.put(WebhookType.ACTIVE, w.active());
        attributes.put(WebhookType.SECRET_HEADER, w.secretHeader());
        attributes.put(WebhookType.INACTIVE_REASON, w.inactiveReason());
        attributes.put(WebhookType.PAUSED_AT, Json.time(w.pausedAt()));
        attributes.put("createdAt", Json.time(w.createdAt()));
        attributes.put("updatedAt", Json.time(w.updatedAt()));
        return new Resource(w.id(), attributes, Json.MAPPER.createObjectNode().put("version", w.version()));
    }

    /** What an event keeps. */
    static String state(Webhook w) {
        return resource(w).state();
    }
}
