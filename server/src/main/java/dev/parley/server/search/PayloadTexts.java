package dev.parley.server.search;

import dev.parley.server.platform.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The texts of a message that its reader sees. */
final class PayloadTexts {

    /** Members that hold something to be read, in whichever kind of payload. */
    private static final Set<String> READ = Set.of(
            "value",
            "text",
            "caption",
            "filename",
            "rendered",
            "name",
            "address",
            "title",
            "description",
            "subject",
            "body",
            "header",
            "footer",
            "formatted_name",
            "first_name",
            "last_name",
            "company",
            "phone",
            "email",
            "street",
            "city",
            "button",
            "display_text");

    /** Members that name other things, or repeat what {@code rendered} says. */
    private static final Set<String> PASSED_OVER =
            Set.of("data", "context", "components", "error", "type", "id", "url");

    private PayloadTexts() {}

    /** @param payload a JSON object as it is stored */
    static List<String> of(String payload) {
        List<String> texts = new ArrayList<>();
        collect(Json.MAPPER.readTree(payload), false, texts);
        return texts;
    }

    private static void collect(JsonNode node, boolean read, List<String> texts) {
        if (node.isString()) {
            if (read) {
                texts.add(node.stringValue());
            }
        } else if (node.isArray()) {
            node.forEach(item -> collect(item, read, texts));
        } else {
            node.properties().forEach(member -> {
                String name = member.getKey();
                if (!PASSED_OVER.contains(name)) {
                    // What was rendered has members of its own making.
                    collect(
                            member.getValue(),
                            READ.contains(name) || (read && member.getValue().isString()),
                            texts);
                }
            });
        }
    }
}
