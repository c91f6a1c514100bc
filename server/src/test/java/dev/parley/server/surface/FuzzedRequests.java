package dev.parley.server.surface;

import dev.parley.server.openapi.OpenApiDocument;
import dev.parley.server.platform.json.Json;
import dev.parley.server.platform.jsonapi.ResourceType;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.jspecify.annotations.NullUnmarked;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Requests for the operations of the document, made of its schemas, parameters and examples. */
@NullUnmarked
final class FuzzedRequests {

    private static final List<String> METHODS = List.of("get", "post", "patch", "delete");
    private static final List<String> ODD_QUERIES = List.of(
            "foo=1",
            "&&&",
            "=",
            "page%5Bsize%5D=%00",
            "filter%5B",
            "include=,,,",
            "%ff=%fe",
            "sort=-",
            "page%5Bafter%5D=e30",
            "fields%5B%5D=x",
            "page%5Bnumber%5D=99999999999999999999",
            "a=b&a=b",
            "include=organization.organization");
    private static final List<List<String>> HEADERS = List.of(
            List.of("Accept", "text/html"),
            List.of("Accept", "*/*;q=x"),
            List.of("Content-Type", "text/plain"),
            List.of("Content-Type", "application/vnd.api+json; charset=\"x"),
            List.of("If-Match", "\"x\""),
            List.of("If-None-Match", "*"),
            List.of("Idempotency-Key", "\""),
            List.of("Idempotency-Key", "k".repeat(400)),
            List.of("Last-Event-ID", "9999999999999"),
            List.of("Range", "bytes=-0"),
            List.of("X-Request-Id", "<script>"));

    /** An operation of the document. */
    record Operation(OpenApiDocument.PathItem item, String method, JsonNode node) {}

    /** What is sent. */
    record Request(String method, String path, String body, List<String> headers) {}

    private final List<Operation> operations = new ArrayList<>();
    private final OpenApiDocument document = OpenApiDocument.read();
    private final World world;
    private final FuzzedIds ids;
    private final Fuzz fuzz;

    FuzzedRequests(long seed, World world) {
        this.world = world;
        Random random = new Random(seed);
        ids = new FuzzedIds(random, world.asking, world.other);
        fuzz = new Fuzz(document, random, ids);
        for (OpenApiDocument.PathItem item : document.paths()) {
            for (String method : METHODS) {
                // A token that is made anew is the end of the old one.
                if (item.node().has(method) && !item.template().contains("/refresh-token/")) {
                    operations.add(new Operation(
                            item, method.toUpperCase(Locale.ROOT), item.node().path(method)));
                }
            }
        }
    }

    /** Notes what a request has made, for those that come. */
    void learn(JsonNode data) {
        ids.learn(data.path("type").asString(), data.path("id").asString());
    }

    Request next() {
        Operation operation = fuzz.one(operations);
        // There are so many that little else would be asked.
        if (operation.item().template().contains("/relationships/") && fuzz.chance(70)) {
            operation = fuzz.one(operations);
        }
        StringBuilder path = new StringBuilder();
        String id = id(operation);
        for (String segment : operation.item().template().substring(1).split("/")) {
            path.append('/').append(segment.startsWith("{") ? encoded(id) : segment);
        }
        path.append(fuzz.chance(5) ? "/" : "").append(query(operation));
        List<String> headers = new ArrayList<>();
        if (fuzz.chance(8)) {
            headers.addAll(fuzz.one(HEADERS));
        }
        if (operation.method().equals("POST") && fuzz.chance(10)) {
            headers.addAll(List.of("Idempotency-Key", "key" + fuzz.random.nextInt(20)));
        }
        return new Request(operation.method(), path.toString(), body(operation, id), headers);
    }

    private String id(Operation operation) {
        String template = operation.item().template();
        if (fuzz.chance(4)) {
            return fuzz.text();
        }
        String type = template.startsWith(World.BASE)
                ? world.typeAt(template.substring(World.BASE.length()))
                        .map(ResourceType::type)
                        .orElse("")
                : "channelAccounts";
        boolean end = operation.method().equals("DELETE") && !template.contains("/relationships/")
                || template.endsWith("/erase");
        return end ? ids.taken(type) : ids.of(type);
    }

    private String query(Operation operation) {
        List<String> pairs = new ArrayList<>();
        for (JsonNode given : operation.node().path("parameters").values()) {
            JsonNode parameter = document.resolved(given);
            if (parameter.path("in").asString().equals("query") && fuzz.chance(12)) {
                String value = fuzz.chance(15)
                        ? fuzz.text()
                        : fuzz.value(parameter.path("schema")).asString("x");
                if (fuzz.chance(40) && parameter.has("example")) {
                    value = parameter.path("example").asString("");
                }
                pairs.add(encoded(parameter.path("name").asString()) + "=" + encoded(value));
            }
        }
        if (fuzz.chance(6)) {
            pairs.add(fuzz.one(ODD_QUERIES));
        }
        return pairs.isEmpty() ? "" : "?" + String.join("&", pairs);
    }

    private static String encoded(String text) {
        String encoded = URLEncoder.encode(text, StandardCharsets.UTF_8);
        return encoded.isEmpty() || encoded.contains("..") ? "x" : encoded;
    }

    private String body(Operation operation, String id) {
        JsonNode content = operation.node().path("requestBody").path("content");
        if (content.isMissingNode()) {
            return fuzz.chance(5) ? fuzz.text() : null;
        }
        JsonNode media = content.values().iterator().next();
        JsonNode examples = media.path("examples");
        JsonNode body = example(operation);
        if (body == null || fuzz.chance(50)) {
            body = examples.isObject() && fuzz.chance(40)
                    ? document.resolved(fuzz.one(List.copyOf(examples.values())))
                            .path("value")
                            .deepCopy()
                    : fuzz.value(media.path("schema"));
        }
        ids.settle(body);
        if (body.path("data") instanceof ObjectNode data && fuzz.chance(80)) {
            data.remove("id");
            if (operation.method().equals("PATCH") && data.has("attributes")) {
                data.put("id", id);
            }
        }
        return fuzz.chance(55) ? body.toString() : fuzz.broken(body);
    }

    /** What makes one more of a type, where the operation does; else null. */
    private JsonNode example(Operation operation) {
        if (!operation.method().equals("POST")) {
            return null;
        }
        return Examples.inOrder(world.server.types()).stream()
                .filter(type -> operation.item().template().equals(World.BASE + type.path()))
                .findFirst()
                .map(type -> Json.MAPPER.readTree(world.asking.create(type.type())))
                .orElse(null);
    }
}
