package dev.parley.server.surface;

import dev.parley.server.openapi.OpenApiDocument;
import dev.parley.server.openapi.OpenApiDocument.PathItem;
import dev.parley.server.platform.json.Json;
import dev.parley.server.platform.jsonapi.ResourceType;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import tools.jackson.databind.JsonNode;

/** Each operation that the document describes, asked for as it is described there. */
@NullUnmarked
abstract class DocumentedCase extends MatrixCase {

    static final String NONE = "01919a1c-0001-7c11-8a44-1f2e3d4c5b6a";

    private static final OpenApiDocument DOCUMENT = OpenApiDocument.read();

    /** Whose answers are no documents: they have tests of their own. */
    private static final Set<String> OTHERS = Set.of("/events/stream", "/messages/{id}/media");

    /** What is served below the management paths. */
    private static final Map<String, String> NESTED = Map.of(
            "/management/audit-entries", "auditEntries",
            "/management/organizations/{organizationId}/tokens", "tokens",
            "/management/refresh-token", "organizations");

    /** An operation of the API. */
    record Described(String method, PathItem item) {

        String below() {
            return item.template().substring(World.BASE.length());
        }

        boolean answers(int status) {
            return item.operation(method).path("responses").has(String.valueOf(status));
        }

        boolean takes(String in, String name) {
            return parameters(in).anyMatch(one -> one.path("name").asString().equals(name));
        }

        Stream<JsonNode> parameters(String in) {
            return Stream.concat(
                            item.node().path("parameters").valueStream(),
                            item.operation(method).path("parameters").valueStream())
                    .map(DOCUMENT::resolved)
                    .filter(parameter -> parameter.path("in").asString().equals(in));
        }

        String type() {
            for (Map.Entry<String, String> nested : NESTED.entrySet()) {
                if (below().startsWith(nested.getKey())) {
                    return nested.getValue();
                }
            }
            return below().startsWith("/management/organizations")
                    ? "organizations"
                    : world.typeAt(below()).orElseThrow().type();
        }

        @Override
        public String toString() {
            return method + " " + item.template();
        }
    }

    static Stream<Described> described(String method) {
        return all(method)
                .filter(operation -> operation.item().template().startsWith(World.BASE + "/"))
                .filter(operation -> !OTHERS.contains(operation.below()));
    }

    /** All, files and callbacks as well. */
    static Stream<Described> everywhere() {
        return Stream.of("GET", "POST", "PATCH", "DELETE").flatMap(DocumentedCase::all);
    }

    private static Stream<Described> all(String method) {
        return DOCUMENT.paths().stream()
                .filter(item -> item.node().has(method.toLowerCase(Locale.ROOT)))
                .map(item -> new Described(method, item));
    }

    /** The path of an operation with what the asking organization has. */
    static String own(Described operation) {
        String path = operation.below().replace("{organizationId}", world.asking.id);
        return path.contains("{") ? path.replace("{id}", id(operation)) : path;
    }

    /** The same with an id that never was. */
    static String none(Described operation) {
        return operation.below().replaceAll("\\{[^}]*}", NONE);
    }

    private static String id(Described operation) {
        if (operation.below().startsWith("/management/audit-entries")) {
            return json(ask("GET", "/management/audit-entries", null))
                    .at("/data/0/id")
                    .asString();
        }
        return world.asking.ids.get(operation.type());
    }

    /** Sends with the token that the path is for. */
    static HttpResponse<String> ask(String method, String path, String body, String... headers) {
        String token = path.startsWith("/management/") ? World.PARTNER : world.asking.token;
        return world.call(method, path, token, body, headers);
    }

    /** A query with a parameter and a value that it takes. */
    static String query(Described operation, JsonNode parameter) {
        String name = parameter.path("name").asString();
        if (name.startsWith("fields[")) {
            String type = name.substring("fields[".length(), name.length() - 1);
            String field = world.type(type).attributes().keySet().iterator().next();
            return name + "=" + field;
        }
        if (name.equals("include") && operation.below().contains("/relationships/")) {
            return name + "=" + World.relation(operation.below());
        }
        String value = value(DOCUMENT.resolved(parameter.path("schema")));
        return name.replace("metadata.key", "metadata.note") + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private static String value(JsonNode schema) {
        for (String list : List.of("enum", "examples")) {
            if (schema.path(list).size() > 0) {
                return schema.path(list).path(schema.path(list).size() - 1).asString();
            }
        }
        return switch (schema.path("type").asString()) {
            case "array" -> value(schema.path("items"));
            case "integer" -> "1";
            case "boolean" -> "true";
            default -> schema.path("format").asString("").equals("uuid") ? NONE : text(schema);
        };
    }

    private static String text(JsonNode schema) {
        // A cursor may be empty, what is searched for not.
        return schema.has("maxLength") && schema.path("minLength").asInt(0) == 0 ? "" : "mark";
    }

    /** A body that it takes, or null for none. */
    static String body(Described write) {
        if (write.below().equals("/operations")) {
            return "{}";
        }
        ResourceType type = write.below().startsWith("/events") ? null : world.type(write.type());
        if (type == null || write.method().equals("DELETE") && !relation(write)) {
            return null;
        }
        if (relation(write)) {
            return linkage(type, World.relation(write.below()));
        }
        if (write.method().equals("PATCH")) {
            // What was handed over keeps its payload.
            return type.type().equals("messages")
                    ? Tenant.document("messages", Json.MAPPER.createObjectNode().put("sendBy", world.asking.mark))
                    : world.asking.update(type);
        }
        if (write.below().endsWith("/redeliver")) {
            return "{\"meta\":{\"since\":\"2026-01-01T00:00:00Z\"}}";
        }
        if (write.below().endsWith("/bulk")) {
            return "{\"data\":[]}";
        }
        if (write.below().contains("{id}") || write.below().matches(".*/(refresh-token|rotate).*")) {
            return null;
        }
        return type.type().equals("organizations")
                ? Tenant.document(
                        "organizations", Json.MAPPER.createObjectNode().put("name", world.asking.mark))
                : world.asking.create(type.type());
    }

    private static String linkage(ResourceType type, String relation) {
        String target = type.relations().get(relation).target();
        String one = "{\"type\":\"" + target + "\",\"id\":\"" + world.asking.ids.get(target) + "\"}";
        boolean many = List.of("messages", "users", "candidates", "webhookLogs").contains(relation);
        return "{\"data\":" + (many ? "[" + one + "]" : one) + "}";
    }

    private static boolean relation(Described write) {
        return write.below().contains("/relationships/");
    }
}
