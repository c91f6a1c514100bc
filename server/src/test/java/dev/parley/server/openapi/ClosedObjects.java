package dev.parley.server.openapi;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Closes the objects of answers: a member that the document does not describe is a mistake, although a schema allows it
 * for the sake of {@code allOf}. Objects that describe no members, or say what else they hold, stay as they are.
 */
@NullUnmarked
final class ClosedObjects {

    private static final List<String> MAPS = List.of("properties", "patternProperties");
    private static final List<String> VALUES = List.of("items", "additionalProperties", "schema");
    private static final List<String> ALTERNATIVES = List.of("allOf", "anyOf", "oneOf");
    private static final int DEPTH = 12;

    private final JsonNode document;

    ClosedObjects(JsonNode document) {
        this.document = document;
    }

    /** Closes each schema that stands for a whole value: a body, a property, an item. */
    void close() {
        document.at("/components/schemas").values().forEach(this::walk);
        document.at("/components/responses").values().forEach(this::walk);
        document.at("/paths").values().forEach(path -> path.values().forEach(this::answers));
    }

    private void answers(JsonNode operation) {
        operation.path("responses").values().forEach(this::walk);
    }

    private void walk(JsonNode node) {
        if (!node.isContainer()) {
            return;
        }
        for (JsonNode child : node.values()) {
            walk(child);
        }
        for (String map : MAPS) {
            if (node.path(map).isObject()) {
                node.path(map).values().forEach(this::closeValue);
            }
        }
        for (String value : VALUES) {
            closeValue(node.path(value));
        }
    }

    private void closeValue(JsonNode schema) {
        if (schema instanceof ObjectNode object && members(schema, DEPTH) && !open(schema, DEPTH)) {
            object.put("unevaluatedProperties", false);
        }
    }

    /** Whether the schema describes members of an object. */
    private boolean members(JsonNode schema, int depth) {
        return depth > 0
                && (schema.path("properties").isObject()
                        || schema.has("$ref") && members(target(schema), depth - 1)
                        || parts(schema).anyMatch(part -> members(part, depth - 1)));
    }

    private boolean open(JsonNode schema, int depth) {
        return depth > 0
                && (schema.has("additionalProperties")
                        || schema.has("unevaluatedProperties")
                        || schema.has("$ref") && open(target(schema), depth - 1)
                        || parts(schema).anyMatch(part -> open(part, depth - 1) || part.size() == 1 && object(part)));
    }

    private static boolean object(JsonNode schema) {
        return schema.path("type").asString("").equals("object");
    }

    private static Stream<JsonNode> parts(JsonNode schema) {
        return ALTERNATIVES.stream().flatMap(name -> schema.path(name).valueStream());
    }

    private JsonNode target(JsonNode schema) {
        return document.at(schema.path("$ref").asString().substring(1));
    }
}
