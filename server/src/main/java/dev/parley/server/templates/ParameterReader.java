package dev.parley.server.templates;

import dev.parley.connector.TemplatePart.Parameter;
import dev.parley.server.platform.jsonapi.Problem;
import dev.parley.server.platform.jsonapi.ProblemCode;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads one parameter of a template's component. */
final class ParameterReader {

    private static final int MAX_URL = 2048;
    private static final int MAX_TEXT = 4096;

    /** @param parameter null when it could not be read */
    record Read(@Nullable Parameter parameter, List<Problem> problems) {}

    private ParameterReader() {}

    static Read read(JsonNode node, boolean ofButton, String pointer) {
        if (!node.isObject()) {
            return bad(
                    pointer, "Write a parameter as an object with type and value: {\"type\":\"text\",\"text\":\"…\"}.");
        }
        String type = node.path("type").asString("").toLowerCase(Locale.ROOT);
        if (ofButton) {
            return switch (type) {
                case "text", "payload", "coupon_code" -> ofButton(node, type, pointer);
                default -> bad(pointer, "Write the type of a button's parameter: text, payload or coupon_code.");
            };
        }
        String name = node.path("parameter_name").isString()
                ? node.path("parameter_name").stringValue()
                : null;
        return switch (type) {
            case "text" -> {
                String text = value(node, "text");
                yield text == null
                        ? bad(
                                node.has("text") ? pointer + "/text" : pointer,
                                "Write text, 1 to " + MAX_TEXT + " characters.")
                        : good(new Parameter.Text(name, text));
            }
            case "currency" -> currency(node.path(type), name, pointer);
            case "date_time" -> {
                String fallback = value(node.path(type), "fallback_value");
                yield fallback == null
                        ? bad(pointer, "Write date_time: {\"fallback_value\": \"…\"}.")
                        : good(new Parameter.DateTime(name, fallback));
            }
            case "image", "video", "document" -> media(node.path(type), type, pointer);
            case "location" -> place(node.path(type), pointer);
            default ->
                bad(
                        node.has("type") ? pointer + "/type" : pointer,
                        "Write the type of parameter: text, currency, date_time, image, video, document or location.");
        };
    }

    private static Read ofButton(JsonNode node, String type, String pointer) {
        String value = value(node, type);
        return value == null
                ? bad(pointer, "Write " + type + ", 1 to " + MAX_TEXT + " characters.")
                : good(new Parameter.Button(type, value));
    }

    private static Read currency(JsonNode node, @Nullable String name, String pointer) {
        String fallback = value(node, "fallback_value");
        String code = value(node, "code");
        JsonNode amount = node.path("amount_1000");
        return fallback == null || code == null || !amount.isIntegralNumber() || !amount.canConvertToLong()
                ? bad(
                        pointer,
                        "Write currency: {\"fallback_value\": \"€1.50\", \"code\": \"EUR\", \"amount_1000\": 1500}.")
                : good(new Parameter.Currency(name, fallback, code, amount.longValue()));
    }

    private static Read media(JsonNode node, String type, String pointer) {
        String link = value(node, node.has("url") ? "url" : "link");
        return link == null || !isLink(link)
                ? bad(pointer, "Write " + type + ": {\"link\": \"https://…\"}, where the provider can fetch the file.")
                : good(new Parameter.Media(type, link, value(node, "filename")));
    }

    private static boolean isLink(String link) {
        try {
            URI uri = URI.create(link);
            boolean web = "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
            return link.length() <= MAX_URL && web && uri.getHost() != null;
        } catch (IllegalArgumentException notAUri) {
            return false;
        }
    }

    private static Read place(JsonNode node, String pointer) {
        JsonNode latitude = node.path("latitude");
        JsonNode longitude = node.path("longitude");
        boolean fits = latitude.isNumber()
                && longitude.isNumber()
                && Math.abs(latitude.doubleValue()) <= 90
                && Math.abs(longitude.doubleValue()) <= 180;
        return fits
                ? good(new Parameter.Place(
                        latitude.doubleValue(), longitude.doubleValue(), value(node, "name"), value(node, "address")))
                : bad(pointer, "Write location: {\"latitude\": 52.37, \"longitude\": 4.9}, in degrees.");
    }

    private static @Nullable String value(JsonNode node, String member) {
        JsonNode value = node.path(member);
        return value.isString()
                        && !value.stringValue().isBlank()
                        && value.stringValue().length() <= MAX_TEXT
                ? value.stringValue()
                : null;
    }

    private static Read good(Parameter parameter) {
        return new Read(parameter, List.of());
    }

    private static Read bad(String pointer, String detail) {
        return new Read(null, List.of(Problem.at(ProblemCode.INVALID_VALUE, pointer, detail)));
    }
}
