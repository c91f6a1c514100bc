package dev.parley.server.templates;

import dev.parley.server.events.Event;
import dev.parley.server.platform.json.Json;
import dev.parley.server.platform.jsonapi.Resource;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** What is shown of a template. */
final class TemplateView {

    private TemplateView() {}

    static Resource resource(Template template) {
        return new Resource(template.id(), attributes(template), meta(template));
    }

    /** @param fields what changed, for an update */
    static Event event(Event.Kind kind, Template template, List<String> fields) {
        return new Event(
                template.organizationId(),
                kind,
                TemplateType.TYPE.type(),
                template.id(),
                null,
                fields,
                kind == Event.Kind.DELETE ? null : resource(template).state(),
                template.updatedAt());
    }

    private static ObjectNode meta(Template template) {
        return Json.MAPPER.createObjectNode().put("version", template.version());
    }

    private static ObjectNode attributes(Template template) {
        ObjectNode node = Json.MAPPER.createObjectNode();
        node.put("name", template.name());
        node.put("language", template.language());
        node.put("category", template.category());
        Json.putRaw(node, "components", template.components());
        String preview = template.preview();
        node.put("preview", preview == null ? TemplateText.of(template).preview() : preview);
        node.put("status", template.status().name());
        node.put("rejectionReason", template.rejectionReason());
        node.put("quality", template.quality());
        node.put("createdAt", Json.time(template.createdAt()));
        node.put("updatedAt", Json.time(template.updatedAt()));
        return node;
    }
}
