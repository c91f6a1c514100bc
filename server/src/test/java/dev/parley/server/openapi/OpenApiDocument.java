package dev.parley.server.openapi;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.parley.server.platform.json.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.NullUnmarked;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** {@code docs/openapi.yaml} as the tests read it. Safe for use by many threads at once. */
@NullUnmarked
public final class OpenApiDocument {

    private static final String API = "/public/v2";
    private static final String REQUESTS = "https://parley.invalid/requests.json";
    private static final String ANSWERS = "https://parley.invalid/answers.json";
    private static final String SPARSE = "https://parley.invalid/sparse.json";

    private final JsonNode root;
    private final List<PathItem> paths = new ArrayList<>();
    private final SchemaRegistry registry;
    private final Map<String, Schema> schemas = new ConcurrentHashMap<>();

    /** A path with its base, such as {@code /public/v2/messages/{id}}; {@code pointer} leads to its description. */
    public record PathItem(String template, Pattern pattern, String pointer, JsonNode node) {

        /** What the document says of a method, or a missing node. */
        public JsonNode operation(String method) {
            return node.path(method.toLowerCase(Locale.ROOT));
        }
    }

    private OpenApiDocument(JsonNode root) {
        this.root = root;
        JsonNode closed = root.deepCopy();
        new ClosedObjects(closed).close();
        JsonNode sparse = closed.deepCopy();
        new SparseObjects(sparse).open();
        registry = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12,
                builder -> builder.schemas(Map.of(
                        REQUESTS, Json.text(AnyCase.of(root)), ANSWERS, Json.text(closed), SPARSE, Json.text(sparse))));
        root.path("paths").properties().forEach(path -> paths.add(item(path.getKey(), path.getValue())));
        paths.sort(Comparator.comparing((PathItem item) -> item.template().contains("{")));
    }

    /** The document of this source tree, read once: its schemas take room. */
    private static final class Shared {
        static final OpenApiDocument DOCUMENT = new OpenApiDocument(YAMLMapper.builder()
                .build()
                .readTree(Path.of("..", "docs", "openapi.yaml").toFile()));
    }

    /** The document of this source tree. */
    public static OpenApiDocument read() {
        return Shared.DOCUMENT;
    }

    /** A document that is made up. */
    static OpenApiDocument of(String yaml) {
        return new OpenApiDocument(YAMLMapper.builder().build().readTree(yaml));
    }

    /** The query parameters that an operation may be authorized by. */
    Set<String> queryCredentials(JsonNode operation) {
        Set<String> names = new TreeSet<>();
        for (JsonNode alternative : operation.path("security").values()) {
            for (String scheme : alternative.propertyNames()) {
                JsonNode one = root.at("/components/securitySchemes/" + scheme);
                if (one.path("in").asString("").equals("query")) {
                    names.add(one.path("name").asString());
                }
            }
        }
        return names;
    }

    /** All paths. */
    public List<PathItem> paths() {
        return paths;
    }

    /** The path that a request's path belongs to. */
    public Optional<PathItem> path(String path) {
        String bare = path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return paths.stream().filter(p -> p.pattern().matcher(bare).matches()).findFirst();
    }

    /** The node itself, or what it refers to. */
    public JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? root.at(node.path("$ref").asString().substring(1)) : node;
    }

    /** References to what is not there. */
    List<String> danglingReferences() {
        return root.findValuesAsString("$ref").stream()
                .filter(reference -> root.at(reference.substring(1)).isMissingNode())
                .toList();
    }

    /** What is wrong with the body of a request. */
    public List<Error> checkRequest(String pointer, String body) {
        return check(REQUESTS, pointer, body);
    }

    /** What is wrong with the body of an answer; members that are not described are wrong, too. */
    public List<Error> checkAnswer(String pointer, String body) {
        return check(ANSWERS, pointer, body);
    }

    /** The same of an answer to {@code fields[…]}, in which attributes and relationships may be missing. */
    List<Error> checkSparse(String pointer, String body) {
        return check(SPARSE, pointer, body);
    }

    private List<Error> check(String document, String pointer, String body) {
        // The library makes a schema anew, with all below it, for each place that is asked for; most places refer to
        // the same.
        Schema schema = schemas.computeIfAbsent(
                document + "#" + pointer(pointer), location -> registry.getSchema(SchemaLocation.of(location)));
        return schema.validate(Json.MAPPER.readTree(body));
    }

    /** Where the description of a node is: in place, or in what a reference leads to. */
    String pointer(String pointer) {
        JsonNode node = root.at(pointer);
        return node.has("$ref") && node.size() == 1
                ? pointer(node.path("$ref").asString().substring(1))
                : pointer;
    }

    private static PathItem item(String path, JsonNode node) {
        String base = node.at("/servers/0/url").asString(API);
        String template = (base.equals("/") ? "" : base) + path;
        StringBuilder pattern = new StringBuilder();
        for (String segment : template.substring(1).split("/", -1)) {
            pattern.append('/').append(segment.startsWith("{") ? "[^/]+" : Pattern.quote(segment));
        }
        return new PathItem(template, Pattern.compile(pattern.toString()), "/paths/" + escaped(path), node);
    }

    static String escaped(String key) {
        return key.replace("~", "~0").replace("/", "~1");
    }
}
