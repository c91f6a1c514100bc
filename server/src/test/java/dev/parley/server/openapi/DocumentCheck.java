package dev.parley.server.openapi;

import com.networknt.schema.Error;
import dev.parley.server.openapi.Reachable.Operation;
import dev.parley.server.platform.json.Json;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullUnmarked;
import tools.jackson.databind.JsonNode;

/**
 * Holds a request and its answer against {@code docs/openapi.yaml}: path, method, query parameters, bodies, status, media
 * type, headers. Only what stands below the API's base and the documented paths beside it is looked at; toy resources,
 * that tests of the platform make up, are not.
 */
@NullUnmarked
public final class DocumentCheck {

    private static final String JSON_API = "application/vnd.api+json";

    private static final OpenApiDocument DOCUMENT = OpenApiDocument.read();
    private static final Reachable REACHABLE = new Reachable(DOCUMENT);
    private static final String TOYS = "/public/v2/toy-";
    private static final int SHOWN = 400;

    private final HttpRequest request;
    private final String body;
    private final HttpResponse<?> answer;
    private final String text;
    private final List<String> wrong = new ArrayList<>();
    private final Set<String> reached = new TreeSet<>();

    /** {@code text} is null where the answer's body is not read as text. */
    private DocumentCheck(HttpRequest request, String body, HttpResponse<?> answer, String text) {
        this.request = request;
        this.body = body;
        this.answer = answer;
        this.text = text;
    }

    /**
     * Fails when the answer is not one that the document describes, or when what was accepted is not.
     *
     * @param body of the request, or null where it is none or unknown
     */
    public static void check(HttpRequest request, String body, HttpResponse<String> answer) {
        DocumentCheck check = new DocumentCheck(request, body, answer, answer.body());
        check.hold();
        Reached.add(check.reached);
    }

    /** The same for an answer whose body is no text, or a stream that is still to be read: all but its body is looked at. */
    public static void checkHead(HttpRequest request, HttpResponse<?> answer) {
        DocumentCheck check = new DocumentCheck(request, null, answer, null);
        check.hold();
        Reached.add(check.reached);
    }

    /**
     * The same for a made-up server and for requests made by chance, which reach nothing: what another run would not reach again
     * must not count.
     */
    public static void checkUncounted(HttpRequest request, String body, HttpResponse<String> answer) {
        new DocumentCheck(request, body, answer, answer.body()).hold();
    }

    private void hold() {
        run();
        if (!wrong.isEmpty()) {
            throw new AssertionError("not as docs/openapi.yaml says: " + request.method() + " "
                    + request.uri().getPath() + " " + answer.statusCode() + "\n  " + String.join("\n  ", wrong));
        }
    }

    private void run() {
        String path = request.uri().getPath();
        if (path.startsWith(TOYS)) {
            return;
        }
        OpenApiDocument.PathItem item = DOCUMENT.path(path).orElse(null);
        if (item == null) {
            if (path.startsWith("/public/v2/") && answer.statusCode() < 400) {
                wrong.add("the path is not documented");
            }
            return;
        }
        String method = request.method().equals("HEAD") ? "GET" : request.method();
        JsonNode operation = item.operation(method);
        if (operation.isMissingNode()) {
            if (answer.statusCode() != 405 && !method.equals("OPTIONS") && answer.statusCode() < 400) {
                wrong.add("the method is not documented");
            }
            return;
        }
        String pointer = item.pointer() + "/" + method.toLowerCase(Locale.ROOT);
        if (answer.statusCode() < 300) {
            parameters(item.node(), operation);
            requestBody(operation, pointer + "/requestBody");
        }
        answer(operation, pointer, new Operation(item, method));
    }

    private void parameters(JsonNode item, JsonNode operation) {
        Set<String> documented = new TreeSet<>(DOCUMENT.queryCredentials(operation));
        for (JsonNode list : List.of(item.path("parameters"), operation.path("parameters"))) {
            for (JsonNode parameter : list.values()) {
                JsonNode resolved = DOCUMENT.resolved(parameter);
                if (resolved.path("in").asString().equals("query")) {
                    documented.add(field(resolved.path("name").asString()));
                }
            }
        }
        for (String name : queryNames(request.uri())) {
            if (!documented.contains(field(name))) {
                wrong.add("the query parameter " + name + " is not documented");
            }
        }
    }

    /** An operator belongs to the parameter of its field, whose description lists those that there are; so does a key of one's own. */
    private static String field(String name) {
        return name.replaceFirst("\\]\\[[a-z]+]$", "]")
                .replaceFirst("^filter\\[metadata\\..+]$", "filter[metadata.key]");
    }

    private static Set<String> queryNames(URI uri) {
        Set<String> names = new TreeSet<>();
        if (uri.getRawQuery() != null && !uri.getRawQuery().isEmpty()) {
            for (String pair : uri.getRawQuery().split("&")) {
                // An empty one asks for nothing, and is answered by every list.
                if (pair.equals("include=")) {
                    continue;
                }
                names.add(URLDecoder.decode(pair.split("=", 2)[0], StandardCharsets.UTF_8));
            }
        }
        return names;
    }

    private void requestBody(JsonNode operation, String pointer) {
        // A call that takes no body ignores one.
        if (body == null || body.isBlank() || !operation.has("requestBody")) {
            return;
        }
        String type = mediaType(request.headers().firstValue("Content-Type").orElse(JSON_API));
        String key = documented(operation.path("requestBody").path("content"), type);
        if (key == null) {
            wrong.add("a body of type " + type + " is not documented");
        } else {
            String schema = pointer + "/content/" + OpenApiDocument.escaped(key) + "/schema";
            report("request", DOCUMENT.checkRequest(schema, body), body);
        }
    }

    private void answer(JsonNode operation, String pointer, Operation asked) {
        String status = String.valueOf(answer.statusCode());
        if (answer.statusCode() == 405) {
            return;
        }
        JsonNode documented = operation.path("responses").path(status);
        if (documented.isMissingNode()) {
            wrong.add("the status is not documented; the answer was " + shown(text));
            return;
        }
        String at = DOCUMENT.pointer(pointer + "/responses/" + status);
        JsonNode response = DOCUMENT.resolved(documented);
        headers(response);
        reach(asked, status);
        if (!request.method().equals("HEAD")) {
            answerBody(response.path("content"), at + "/content/", asked);
        }
    }

    /** A parameter is reached by a request that was not refused, or by any where the operation refuses all. */
    private void reach(Operation asked, String status) {
        reached.add(asked.line());
        reached.add(asked.status(status));
        if (answer.statusCode() < 400 || asked.refusesAll()) {
            Set<String> fields =
                    queryNames(request.uri()).stream().map(DocumentCheck::field).collect(Collectors.toSet());
            REACHABLE.parameters(asked).forEach(parameter -> {
                String in = parameter.path("in").asString();
                String name = parameter.path("name").asString();
                if (in.equals("query")
                        ? fields.contains(field(name))
                        : request.headers().firstValue(name).isPresent()) {
                    reached.add(asked.parameter(in, name));
                }
            });
        }
    }

    private void headers(JsonNode response) {
        response.path("headers").properties().forEach(header -> {
            boolean required =
                    DOCUMENT.resolved(header.getValue()).path("required").asBoolean(false);
            if (required && answer.headers().firstValue(header.getKey()).isEmpty()) {
                wrong.add("the header " + header.getKey() + " is missing");
            }
        });
    }

    private void answerBody(JsonNode content, String pointer, Operation asked) {
        if (content.isMissingNode()) {
            if (text != null && !text.isEmpty()) {
                wrong.add("a body is not documented: " + shown(text));
            }
            return;
        }
        String type = mediaType(answer.headers().firstValue("Content-Type").orElse("none"));
        String key = documented(content, type);
        if (key == null) {
            wrong.add("the media type " + type + " is not documented");
        } else if (text != null && type.endsWith("json") && !key.equals("*/*")) {
            String schema = pointer + OpenApiDocument.escaped(key) + "/schema";
            boolean sparse = queryNames(request.uri()).stream().anyMatch(name -> name.startsWith("fields["));
            List<Error> errors = sparse ? DOCUMENT.checkSparse(schema, text) : DOCUMENT.checkAnswer(schema, text);
            report("answer", errors, text);
            reached.addAll(REACHABLE.members(asked, content.path(key).path("schema"), Json.MAPPER.readTree(text)));
        }
    }

    private void report(String what, List<Error> errors, String text) {
        for (Error error : errors) {
            wrong.add(what + " " + error.getInstanceLocation() + " " + error.getMessage());
        }
        if (!errors.isEmpty()) {
            wrong.add(what + ": " + shown(text));
        }
    }

    /** The key of a content for that type, whatever parameters it is documented with; null for none. */
    private static String documented(JsonNode content, String type) {
        return content.propertyNames().stream()
                .filter(key -> mediaType(key).equals(type))
                .findFirst()
                .orElse(fallback(content, type));
    }

    /** {@code application/json} stands for JSON:API's type both ways, as the document's introduction says of every call. */
    private static String fallback(JsonNode content, String type) {
        if (content.has("*/*")) {
            return "*/*";
        }
        return type.equals("application/json") ? documented(content, JSON_API) : null;
    }

    private static String mediaType(String header) {
        return header.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    private static String shown(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }
}
