package dev.parley.simulator.json;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One JSON object of a control request, read strictly: a member that is not among the known ones, or has another type
 * or range than asked for, is a {@link BadInputException} that names it. A member that is null counts as absent.
 */
public final class Members {

    private final String path;
    private final JsonNode node;

    private Members(String path, JsonNode node, String... known) {
        this.path = path;
        this.node = node;
        if (!node.isObject()) {
            throw new BadInputException(path, "expected a JSON object");
        }
        var names = new TreeSet<>(Arrays.asList(known));
        for (String name : node.propertyNames()) {
            if (!names.contains(name)) {
                throw new BadInputException(at(name), "unknown member; known here: " + String.join(", ", names));
            }
        }
    }

    /** Reads a request's body; an empty body is an empty object. */
    public static Members of(byte[] body, String... known) {
        if (body.length == 0) {
            return new Members("", Json.object(), known);
        }
        try {
            return new Members("", Json.MAPPER.readTree(body), known);
        } catch (JacksonException e) {
            throw new BadInputException("", "the body is not JSON");
        }
    }

    /** The object in this member, or null when absent. {@code true} stands for an empty object. */
    public @Nullable Members object(String name, String... known) {
        JsonNode value = find(name);
        if (value == null) {
            return null;
        }
        return new Members(at(name), value.isBoolean() && value.booleanValue() ? Json.object() : value, known);
    }

    /** The objects in this array; empty when absent. */
    public List<Members> objects(String name, String... known) {
        var list = new ArrayList<Members>();
        JsonNode array = array(name);
        for (int i = 0; array != null && i < array.size(); i++) {
            list.add(new Members(at(name) + "[" + i + "]", array.get(i), known));
        }
        return list;
    }

    /** The object in this member as it stands, or null when absent. */
    public @Nullable ObjectNode raw(String name) {
        JsonNode value = find(name);
        if (value == null) {
            return null;
        }
        if (value instanceof ObjectNode object) {
            return object;
        }
        throw new BadInputException(at(name), "expected a JSON object");
    }

    /** The objects in this array as they stand; empty when absent. */
    public List<ObjectNode> rawObjects(String name) {
        var list = new ArrayList<ObjectNode>();
        JsonNode array = array(name);
        for (int i = 0; array != null && i < array.size(); i++) {
            if (!(array.get(i) instanceof ObjectNode object)) {
                throw new BadInputException(at(name) + "[" + i + "]", "expected a JSON object");
            }
            list.add(object);
        }
        return list;
    }

    /** Whether the member is there and not null. */
    public boolean has(String name) {
        return find(name) != null;
    }

    /** The text in this member, or null when absent. */
    public @Nullable String text(String name) {
        JsonNode value = find(name);
        if (value != null && !value.isString()) {
            throw new BadInputException(at(name), "expected a string");
        }
        return value == null ? null : value.stringValue();
    }

    /** The text in this member, which must be there and not blank. */
    public String requiredText(String name) {
        String text = text(name);
        if (text == null || text.isBlank()) {
            throw new BadInputException(at(name), "required, a string that is not blank");
        }
        return text;
    }

    /** The text in this member, or the fallback; it must be one of those given. */
    public String oneOf(String name, String fallback, String... allowed) {
        String text = text(name);
        if (text == null) {
            return fallback;
        }
        if (!Arrays.asList(allowed).contains(text)) {
            throw new BadInputException(at(name), "expected one of " + String.join(", ", allowed));
        }
        return text;
    }

    /** The whole number in this member, or the fallback; it must be within the bounds, both included. */
    public long number(String name, long fallback, long min, long max) {
        JsonNode value = find(name);
        return value == null ? fallback : whole(at(name), value, min, max);
    }

    /** The number in this member, or null; it must be within the bounds, both included. */
    public @Nullable Double fraction(String name, double min, double max) {
        JsonNode value = find(name);
        if (value == null) {
            return null;
        }
        if (!value.isNumber() || !(value.doubleValue() >= min && value.doubleValue() <= max)) {
            throw new BadInputException(at(name), "expected a number from " + min + " to " + max);
        }
        return value.doubleValue();
    }

    /** The boolean in this member, or the fallback. */
    public boolean flag(String name, boolean fallback) {
        JsonNode value = find(name);
        if (value != null && !value.isBoolean()) {
            throw new BadInputException(at(name), "expected true or false");
        }
        return value == null ? fallback : value.booleanValue();
    }

    /** The strings of this array, each one of those allowed; null when absent. */
    public @Nullable List<String> texts(String name, String... allowed) {
        JsonNode array = array(name);
        if (array == null) {
            return null;
        }
        var list = new ArrayList<String>();
        for (JsonNode element : array) {
            if (!element.isString() || !Arrays.asList(allowed).contains(element.stringValue())) {
                throw new BadInputException(at(name), "expected an array of " + String.join(", ", allowed));
            }
            list.add(element.stringValue());
        }
        return list;
    }

    /** The whole numbers of this array, each within the bounds; null when absent. */
    public @Nullable List<Long> numbers(String name, long min, long max) {
        JsonNode array = array(name);
        if (array == null) {
            return null;
        }
        var list = new ArrayList<Long>();
        for (JsonNode element : array) {
            list.add(whole(at(name), element, min, max));
        }
        return list;
    }

    /** Where a member of this object stands, for an error's {@code member}. */
    public String at(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private static long whole(String at, JsonNode value, long min, long max) {
        if (!value.isIntegralNumber()
                || !value.canConvertToLong()
                || value.longValue() < min
                || value.longValue() > max) {
            throw new BadInputException(at, "expected a whole number from " + min + " to " + max);
        }
        return value.longValue();
    }

    private @Nullable JsonNode array(String name) {
        JsonNode value = find(name);
        if (value != null && !value.isArray()) {
            throw new BadInputException(at(name), "expected an array");
        }
        return value;
    }

    private @Nullable JsonNode find(String name) {
        JsonNode value = node.get(name);
        return value == null || value.isNull() ? null : value;
    }
}
