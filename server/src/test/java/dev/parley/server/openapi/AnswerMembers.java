package dev.parley.server.openapi;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import tools.jackson.databind.JsonNode;

/**
 * The members of objects, each under the name of the schema that describes it: {@code Message.attributes}, or
 * {@code WebhookLogAttributes.attempts.error} for one that stands within another's description. Safe for use by many
 * threads at once.
 */
@NullUnmarked
final class AnswerMembers {

    private static final String SCHEMAS = "#/components/schemas/";
    private static final int DEPTH = 12;

    private final OpenApiDocument document;

    AnswerMembers(OpenApiDocument document) {
        this.document = document;
    }

    /** Adds all members that a schema describes. */
    void describe(JsonNode schema, String name, Set<String> found) {
        describe(schema, name, found, new HashSet<>());
    }

    private void describe(JsonNode schema, String name, Set<String> found, Set<String> seen) {
        if (schema.has("$ref")) {
            String target = target(schema);
            if (seen.add(target)) {
                describe(document.resolved(schema), target, found, seen);
            }
        }
        schema.path("properties").properties().forEach(member -> {
            found.add(name + "." + member.getKey());
            describe(member.getValue(), name + "." + member.getKey(), found, seen);
        });
        Stream.concat(Stream.of(schema.path("items"), schema.path("additionalProperties")), parts(schema))
                .filter(JsonNode::isObject)
                .forEach(part -> describe(part, name, found, seen));
    }

    /** Adds those members that a value has. */
    void read(JsonNode schema, String name, JsonNode value, Set<String> found) {
        if (schema.has("$ref")) {
            read(document.resolved(schema), target(schema), value, found);
        }
        schema.path("properties").properties().forEach(member -> {
            if (value.has(member.getKey())) {
                found.add(name + "." + member.getKey());
                read(member.getValue(), name + "." + member.getKey(), value.path(member.getKey()), found);
            }
        });
        if (value.isArray()) {
            value.forEach(item -> read(schema.path("items"), name, item, found));
        } else if (schema.path("additionalProperties").isObject()) {
            value.properties().stream()
                    .filter(member -> !schema.path("properties").has(member.getKey()))
                    .forEach(member -> read(schema.path("additionalProperties"), name, member.getValue(), found));
        }
        parts(schema).filter(part -> fits(part, value, DEPTH)).forEach(part -> read(part, name, value, found));
    }

    /** Whether a value may be what an alternative means: a look at its type, fixed members and required ones is enough. */
    private boolean fits(JsonNode schema, JsonNode value, int depth) {
        if (depth == 0) {
            return true;
        }
        if (schema.has("$ref") && !fits(document.resolved(schema), value, depth - 1)
                || schema.has("const") && !schema.path("const").equals(value)
                || schema.has("enum") && schema.path("enum").valueStream().noneMatch(value::equals)
                || schema.path("type").isString()
                        && schema.path("type").asString().equals("null") != value.isNull()) {
            return false;
        }
        return schema.path("required").valueStream().allMatch(member -> value.has(member.asString()))
                && schema.path("properties").properties().stream()
                        .filter(member -> value.has(member.getKey()))
                        .allMatch(member -> fits(member.getValue(), value.path(member.getKey()), depth - 1))
                && schema.path("allOf").valueStream().allMatch(part -> fits(part, value, depth - 1));
    }

    private static Stream<JsonNode> parts(JsonNode schema) {
        return Stream.of("allOf", "anyOf", "oneOf")
                .flatMap(kind -> schema.path(kind).valueStream());
    }

    private static String target(JsonNode schema) {
        return schema.path("$ref").asString().replace(SCHEMAS, "");
    }
}
