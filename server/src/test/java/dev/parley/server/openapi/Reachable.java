package dev.parley.server.openapi;

import dev.parley.server.openapi.OpenApiDocument.PathItem;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import tools.jackson.databind.JsonNode;

/**
 * What the document says that a test can reach, one line each: {@code operation GET /messages},
 * {@code status GET /messages 404}, {@code parameter GET /messages query sort}, {@code member Message.attributes}.
 * Members of a named schema count once, in whatever answer they stand. Safe for use by many threads at once.
 */
@NullUnmarked
final class Reachable {

    /**
     * What the edge answers alike on every route when a request comes too slowly, has too large a head, or broke the server:
     * reached when it was on any. Every other status is judged at each operation.
     */
    private static final Set<String> ONCE = Set.of("408", "431", "500");

    /** What the edge reads alike on every route. */
    private static final Set<String> READ_ONCE = Set.of("X-Request-Id");

    private static final List<String> METHODS = List.of("GET", "POST", "PATCH", "DELETE", "PUT");

    private final OpenApiDocument document;
    private final AnswerMembers members;

    Reachable(OpenApiDocument document) {
        this.document = document;
        this.members = new AnswerMembers(document);
    }

    /** An operation as it is written in lines. */
    record Operation(PathItem item, String method) {

        JsonNode node() {
            return item.operation(method);
        }

        String line() {
            return "operation " + this;
        }

        String status(String status) {
            return ONCE.contains(status) ? "status * " + status : "status " + this + " " + status;
        }

        String parameter(String in, String name) {
            return "parameter " + (READ_ONCE.contains(name) ? "*" : this) + " " + in + " " + name;
        }

        /** Whether no request to it does anything: what it is for is done elsewhere. */
        boolean refusesAll() {
            return node().path("responses").propertyNames().stream().allMatch(status -> status.compareTo("4") > 0);
        }

        @Override
        public String toString() {
            return method + " " + item.template().replaceFirst("^/public/v2", "");
        }
    }

    /** All of it. */
    Set<String> all() {
        Set<String> all = new TreeSet<>();
        for (PathItem item : document.paths()) {
            METHODS.stream()
                    .filter(method -> item.node().has(method.toLowerCase(Locale.ROOT)))
                    .forEach(method -> describe(new Operation(item, method), all));
        }
        return all;
    }

    private void describe(Operation operation, Set<String> all) {
        all.add(operation.line());
        parameters(operation)
                .map(parameter -> operation.parameter(
                        parameter.path("in").asString(), parameter.path("name").asString()))
                .forEach(all::add);
        operation.node().path("responses").properties().forEach(response -> {
            all.add(operation.status(response.getKey()));
            Set<String> found = new TreeSet<>();
            document.resolved(response.getValue())
                    .path("content")
                    .forEach(content -> members.describe(content.path("schema"), operation + " answer", found));
            found.forEach(member -> all.add("member " + member));
        });
    }

    /** Parameters beside those of the path, which every request has. */
    Stream<JsonNode> parameters(Operation operation) {
        return Stream.concat(
                        operation.item().node().path("parameters").valueStream(),
                        operation.node().path("parameters").valueStream())
                .map(document::resolved)
                .filter(parameter -> !parameter.path("in").asString().equals("path"));
    }

    /** The members of an answer's body, by the schema that its content is documented with. */
    Set<String> members(Operation operation, JsonNode schema, JsonNode body) {
        Set<String> found = new TreeSet<>();
        members.read(schema, operation + " answer", body, found);
        Set<String> lines = new TreeSet<>();
        found.forEach(member -> lines.add("member " + member));
        return lines;
    }
}
