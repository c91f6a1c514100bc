package dev.parley.simulator.control;

import dev.parley.simulator.json.BadInputException;
import dev.parley.simulator.json.Json;
import dev.parley.simulator.json.Members;
import dev.parley.simulator.whatsapp.Template;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads what a control request says of a template. */
final class TemplateReader {

    private TemplateReader() {}

    /** {@code components.list} as it stands, or a body alone, with examples. */
    static ArrayNode components(Members members) {
        ObjectNode given = members.raw("components");
        if (given != null) {
            if (given.path("list") instanceof ArrayNode list) {
                return list;
            }
            throw new BadInputException("components", "expected {\"list\": [the components]}");
        }
        ArrayNode list = Json.MAPPER.createArrayNode();
        list.addObject().put("type", "BODY").put("text", members.requiredText("body"));
        return list;
    }

    static Template edited(Template template, Members members) {
        Template edited = template;
        String quality = members.text("quality");
        if (quality != null) {
            edited = edited.rated(members.oneOf("quality", "UNKNOWN", "GREEN", "YELLOW", "RED", "UNKNOWN"));
        }
        String category = members.text("category");
        if (category != null) {
            edited = edited.moved(members.oneOf("category", "UTILITY", "MARKETING", "UTILITY", "AUTHENTICATION"));
        }
        return members.has("components") || members.has("body") ? edited.edited(components(members)) : edited;
    }
}
