package dev.parley.server.surface;

import dev.parley.server.openapi.OpenApiDocument;
import dev.parley.server.platform.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.NullUnmarked;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Values by the schemas of the document, valid more often than not, and then broken. The same seed makes the same ones. */
@NullUnmarked
final class Fuzz {

    private static final int DEPTH = 7;
    private static final String[] ODD = {
        "",
        " ",
        "a\u0000b",
        "\ud800",
        "\u202e\u200d",
        "e\u0301",
        "\ud83d\ude00",
        "'; drop table messages; --",
        "%00",
        "***",
        "null",
        "../..",
        "\n\r\t",
        "a".repeat(300),
        "z".repeat(5000),
        "2024-05-07T14:20:46+00:00",
        "31600000001",
        "2024-02-30T25:61:61Z",
        "9999999-01-01T00:00:00Z",
        "{{1}}",
        "https://example.com/x",
        "http://[::1]:0/",
        "0"
    };
    private static final String[] NUMBERS = {
        "0",
        "-1",
        "1",
        "100",
        "101",
        "2147483648",
        "9223372036854775808",
        "1e400",
        "1.5",
        "-0.0",
        "1E+2",
        "123456789012345678901234567890"
    };

    final Random random;
    private final OpenApiDocument document;
    private final FuzzedIds ids;

    Fuzz(OpenApiDocument document, Random random, FuzzedIds ids) {
        this.document = document;
        this.random = random;
        this.ids = ids;
    }

    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    /** A text that something may stumble over. */
    String text() {
        return ODD[random.nextInt(ODD.length)];
    }

    /** A value by the schema. */
    JsonNode value(JsonNode schema) {
        return value(schema, DEPTH);
    }

    private JsonNode value(JsonNode given, int depth) {
        JsonNode schema = document.resolved(given);
        if (depth == 0) {
            return Json.MAPPER.createObjectNode();
        }
        if (schema.has("const")) {
            return schema.get("const");
        }
        if (schema.has("enum")) {
            return schema.get("enum").get(random.nextInt(schema.get("enum").size()));
        }
        for (String either : List.of("oneOf", "anyOf")) {
            if (schema.path(either).isArray()) {
                JsonNode of = schema.get(either);
                return merged(schema, value(of.get(random.nextInt(of.size())), depth - 1), depth);
            }
        }
        return switch (kind(schema)) {
            case "object" -> merged(schema, Json.MAPPER.createObjectNode(), depth);
            case "array" -> array(schema, depth);
            case "integer", "number" -> Json.MAPPER.getNodeFactory().numberNode(number(schema));
            case "boolean" -> Json.MAPPER.getNodeFactory().booleanNode(random.nextBoolean());
            case "null" -> Json.MAPPER.nullNode();
            default -> Json.MAPPER.getNodeFactory().stringNode(string(schema));
        };
    }

    private String kind(JsonNode schema) {
        JsonNode type = schema.path("type");
        if (type.isArray()) {
            return type.get(chance(80) ? 0 : type.size() - 1).asString();
        }
        return type.asString(schema.has("properties") || schema.has("allOf") ? "object" : "string");
    }

    private JsonNode merged(JsonNode schema, JsonNode made, int depth) {
        if (!(made instanceof ObjectNode object)) {
            return made;
        }
        for (JsonNode part : schema.path("allOf").values()) {
            if (value(part, depth - 1) instanceof ObjectNode more) {
                object.setAll(more);
            }
        }
        List<String> required =
                schema.path("required").valueStream().map(JsonNode::asString).toList();
        schema.path("properties").properties().forEach(property -> {
            if (required.contains(property.getKey()) || chance(35)) {
                object.set(property.getKey(), value(property.getValue(), depth - 1));
            }
        });
        return object;
    }

    private ArrayNode array(JsonNode schema, int depth) {
        ArrayNode array = Json.MAPPER.createArrayNode();
        int size = Math.max(schema.path("minItems").asInt(0), random.nextInt(4));
        for (int i = 0; i < size; i++) {
            array.add(value(schema.path("items"), depth - 1));
        }
        return array;
    }

    private long number(JsonNode schema) {
        long least = schema.path("minimum").asLong(0);
        long most = schema.path("maximum").asLong(1000);
        return switch (random.nextInt(5)) {
            case 0 -> least;
            case 1 -> most;
            case 2 -> most + 1;
            default -> least + Math.floorMod(random.nextLong(), Math.max(1, most - least));
        };
    }

    private String string(JsonNode schema) {
        return switch (schema.path("format").asString("")) {
            case "uuid" -> chance(10) ? text() : ids.any();
            case "date-time" -> chance(80) ? "2031-05-07T14:20:46+02:00" : text();
            case "uri" -> chance(80) ? "https://example.com/" + random.nextInt(9) : text();
            default -> {
                int most = schema.path("maxLength").asInt(20);
                yield switch (random.nextInt(4)) {
                    case 0 -> text();
                    case 1 -> "x".repeat(Math.min(most, 9000) + random.nextInt(2));
                    case 2 -> "3165509" + random.nextInt(10_000);
                    default -> "fuzz " + random.nextInt(1000);
                };
            }
        };
    }

    /** Breaks a body somewhere: a member of another type, missing, twice, unknown, or the text itself. */
    String broken(JsonNode body) {
        List<JsonNode> inside = new ArrayList<>();
        collect(body, inside);
        JsonNode at = one(inside);
        if (at instanceof ObjectNode object && !object.isEmpty()) {
            String name = one(List.copyOf(object.propertyNames()));
            switch (random.nextInt(6)) {
                case 0 -> object.remove(name);
                case 1 -> object.putNull(name);
                case 2 -> object.put(name + "x", text());
                case 3 -> object.putArray(name).add(text()).addObject();
                case 4 -> object.put(name, text());
                default -> object.put(name, "NUMBER");
            }
        }
        String text = Json.text(body).replace("\"NUMBER\"", NUMBERS[random.nextInt(NUMBERS.length)]);
        return switch (random.nextInt(14)) {
            case 0 -> text.substring(0, random.nextInt(text.length() + 1));
            case 1 -> text.replaceFirst("\\{", "{\"data\":1,");
            case 2 -> "{\"data\":".repeat(40) + text + "}".repeat(40);
            case 3 -> text.replaceFirst(":\"", ":\"\\\\ud800");
            case 4 -> text.replaceFirst(":\"", ":\"\\\\u0000");
            case 5 -> text + "]";
            case 6 -> "[" + text + "]";
            default -> text;
        };
    }

    private static void collect(JsonNode node, List<JsonNode> inside) {
        inside.add(node);
        node.values().forEach(child -> collect(child, inside));
    }
}
