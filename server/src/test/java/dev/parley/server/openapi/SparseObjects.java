package dev.parley.server.openapi;

import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Lets attributes and relationships be missing, each of them, as an answer to {@code fields[…]} leaves them out. */
@NullUnmarked
final class SparseObjects {

    private static final int DEPTH = 12;

    private final JsonNode document;

    SparseObjects(JsonNode document) {
        this.document = document;
    }

    void open() {
        walk(document.at("/components"));
    }

    private void walk(JsonNode node) {
        if (node.path("attributes").isObject()) {
            Stream.of("attributes", "relationships").forEach(member -> optional(node.path(member), DEPTH));
        }
        node.values().forEach(this::walk);
    }

    private void optional(JsonNode schema, int depth) {
        if (depth == 0 || !(schema instanceof ObjectNode object)) {
            return;
        }
        object.remove("required");
        if (schema.has("$ref")) {
            optional(document.at(schema.path("$ref").asString().substring(1)), depth - 1);
        }
        schema.path("allOf").values().forEach(part -> optional(part, depth - 1));
    }
}
