package dev.parley.server.platform.jsonapi;

import dev.parley.server.platform.jsonapi.ValueParser.Parsed;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads one value of the body by its kind, into the Java type that {@link Write} hands out. */
final class ValueReader {

    private static final int NAME_LIMIT = 64;
    private static final int VALUE_LIMIT = 1024;
    private static final int URL_LIMIT = 2048;

    private ValueReader() {}

    /** Reads a value that isn't null. */
    static Parsed read(Kind kind, JsonNode node, String pointer) {
        return switch (kind) {
            case Kind.Text(int min, int max) -> text(node, min, max, pointer);
            case Kind.Secret(int max) -> text(node, 1, max, pointer);
            case Kind.Whole(long min, long max) -> whole(node, min, max, pointer);
            case Kind.Decimal(double min, double max) -> decimal(node, min, max, pointer);
            case Kind.Bool() -> node.isBoolean() ? value(node.booleanValue()) : bad(pointer, "Write true or false.");
            case Kind.Time() -> time(node, pointer);
            case Kind.Id() -> id(node, pointer);
            case Kind.Choice(List<String> words) -> choice(node, words, pointer);
            case Kind.Any() -> node.isObject() ? value(node) : bad(pointer, "Write an object.");
            case Kind.Items() -> node.isArray() ? value(node) : bad(pointer, "Write an array.");
            case Kind.Strings(int max) -> strings(node, max, pointer);
            case Kind.Url() -> url(node, pointer);
            case Kind.Special(ValueParser parser) -> parser.parse(node, pointer);
        };
    }

    private static Parsed text(JsonNode node, int min, int max, String pointer) {
        if (!node.isString()) {
            return bad(pointer, "Write a string.");
        }
        String text = node.stringValue();
        int length = text.codePointCount(0, text.length());
        return length < min || length > max
                ? bad(pointer, "Write " + min + " to " + max + " characters; these are " + length + ".")
                : value(text);
    }

    private static Parsed whole(JsonNode node, long min, long max, String pointer) {
        boolean fits = node.isIntegralNumber() && node.canConvertToLong();
        return fits && node.longValue() >= min && node.longValue() <= max
                ? value(node.longValue())
                : bad(pointer, "Write a whole number from " + min + " to " + max + ".");
    }

    private static Parsed decimal(JsonNode node, double min, double max, String pointer) {
        return node.isNumber() && node.doubleValue() >= min && node.doubleValue() <= max
                ? value(node.doubleValue())
                : bad(pointer, "Write a number from " + min + " to " + max + ".");
    }

    private static Parsed time(JsonNode node, String pointer) {
        Instant time = node.isString() ? Times.parse(node.stringValue()) : null;
        return time == null
                ? bad(pointer, "Write a time with its offset, such as 2024-05-07T14:20:46+00:00.")
                : value(time);
    }

    private static Parsed id(JsonNode node, String pointer) {
        UUID id = node.isString() ? Uuids.parse(node.stringValue()) : null;
        return id == null ? bad(pointer, "Write a UUID.") : value(id);
    }

    private static Parsed choice(JsonNode node, List<String> words, String pointer) {
        String word = node.isString() ? word(node.stringValue(), words) : null;
        return word == null ? bad(pointer, "Write one of " + String.join(", ", words) + ".") : value(word);
    }

    /** The listed spelling of a word, or null when it isn't listed. */
    static @Nullable String word(String text, List<String> words) {
        for (String word : words) {
            if (word.equalsIgnoreCase(text)) {
                return word;
            }
        }
        return null;
    }

    private static Parsed strings(JsonNode node, int max, String pointer) {
        if (!node.isObject() || node.size() > max) {
            return bad(pointer, "Write an object of at most " + max + " strings.");
        }
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            boolean fits = entry.getValue().isString()
                    && entry.getKey().length() <= NAME_LIMIT
                    && entry.getValue().stringValue().length() <= VALUE_LIMIT;
            if (!fits) {
                return bad(
                        pointer + "/" + Names.token(entry.getKey()),
                        "Write a string of at most " + VALUE_LIMIT + " characters under a name of at most " + NAME_LIMIT
                                + ".");
            }
        }
        return value(node);
    }

    private static Parsed url(JsonNode node, String pointer) {
        String wanted = "Write an absolute http or https URL of at most " + URL_LIMIT + " characters.";
        if (!node.isString() || node.stringValue().length() > URL_LIMIT) {
            return bad(pointer, wanted);
        }
        try {
            URI url = new URI(node.stringValue());
            String scheme = url.getScheme();
            boolean web = "http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme);
            boolean usable = web && url.getHost() != null && url.getRawUserInfo() == null;
            return usable ? value(url) : bad(pointer, wanted);
        } catch (URISyntaxException notAUrl) {
            return bad(pointer, wanted);
        }
    }

    private static Parsed value(Object value) {
        return new Parsed.Value(value);
    }

    private static Parsed bad(String pointer, String detail) {
        return new Parsed.Bad(List.of(Problem.at(ProblemCode.INVALID_VALUE, pointer, detail)));
    }
}
