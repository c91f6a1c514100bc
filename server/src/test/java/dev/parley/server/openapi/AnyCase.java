package dev.parley.server.openapi;

import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullUnmarked;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The document as it holds for requests: fixed values are read in any letter case. */
@NullUnmarked
final class AnyCase {

    private AnyCase() {}

    /** A changed copy. */
    static JsonNode of(JsonNode document) {
        JsonNode copy = document.deepCopy();
        change(copy);
        return copy;
    }

    private static void change(JsonNode node) {
        node.values().forEach(AnyCase::change);
        if (!(node instanceof ObjectNode schema)) {
            return;
        }
        JsonNode values = schema.path("enum");
        if (values.isArray() && values.valueStream().allMatch(JsonNode::isString)) {
            schema.remove("enum");
            schema.put(
                    "pattern",
                    values.valueStream()
                            .map(value -> Pattern.quote(value.asString()))
                            .collect(Collectors.joining("|", "^(?i:", ")$")));
        }
        if (schema.path("const").isString()) {
            schema.put("pattern", "^(?i:" + Pattern.quote(schema.remove("const").asString()) + ")$");
        }
    }
}
