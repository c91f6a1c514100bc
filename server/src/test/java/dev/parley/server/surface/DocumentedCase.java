package dev.parley.server.surface;

import dev.parley.server.openapi.OpenApiDocument;
import dev.parley.server.openapi.OpenApiDocument.PathItem;
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
            return method + " " + below();
        }
    }

    static Stream<Described> described(String method) {
        return DOCUMENT.paths().stream()
                .filter(item -> item.template().startsWith(World.BASE + "/"))
                .filter(item -> item.node().has(method.toLowerCase(Locale.ROOT)))
                .map(item -> new Described(method, item))
                .filter(operation -> !OTHERS.contains(operation.below()));
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
            return name + "=" + operation.below().replaceFirst(".*/", "");
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
}
