package dev.parley.server.payloads;

import dev.parley.server.platform.json.Json;
import dev.parley.server.platform.jsonapi.Problem;
import dev.parley.server.platform.jsonapi.ProblemCode;
import dev.parley.server.platform.jsonapi.Uuids;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads the members of one object that a caller wrote, and gathers every problem. What has a problem is read as empty. Null
 * counts as absent. Lengths are in UTF-16 code units. Of one thread.
 */
final class Fields {

    private static final UUID NONE = new UUID(0, 0);

    private final @Nullable ObjectNode object;
    private final String pointer;
    private final List<Problem> problems;

    private Fields(@Nullable ObjectNode object, String pointer, List<Problem> problems) {
        this.object = object;
        this.pointer = pointer;
        this.problems = problems;
    }

    /** The members of a node that must be an object with no other members than these. */
    static Fields of(@Nullable JsonNode node, String pointer, List<Problem> problems, Set<String> known) {
        if (node instanceof ObjectNode object) {
            problems.addAll(Members.unknown(object, known, pointer));
            return new Fields(object, pointer, problems);
        }
        String members =
                " an object with " + String.join(", ", known.stream().sorted().toList()) + ".";
        int end = pointer.lastIndexOf('/');
        problems.add(
                node == null
                        ? Problem.at(
                                ProblemCode.MISSING_MEMBER,
                                pointer.substring(0, end),
                                "Give " + pointer.substring(end + 1) + "," + members)
                        : Problem.at(
                                node.isNull() ? ProblemCode.MISSING_MEMBER : ProblemCode.INVALID_VALUE,
                                pointer,
                                "Write" + members));
        return new Fields(null, pointer, problems);
    }

    /** Where a member stands. */
    String at(String name) {
        return Members.member(pointer, name);
    }

    boolean has(String name) {
        return object != null && object.hasNonNull(name);
    }

    @Nullable
    JsonNode get(String name) {
        return has(name) && object != null ? object.get(name) : null;
    }

    /** An object below this one. */
    Fields object(String name, Set<String> known) {
        return object == null ? new Fields(null, at(name), problems) : of(object.get(name), at(name), problems, known);
    }

    /** A text of 1 character to a limit. */
    String text(String name, int most) {
        if (object != null && !has(name)) {
            missing(name, "Give " + name + ", 1 to " + most + " characters.");
        }
        String text = optional(name, most);
        return text == null ? "" : text;
    }

    /** The same of one that may be missing. */
    @Nullable
    String optional(String name, int most) {
        JsonNode value = get(name);
        if (value == null) {
            return null;
        }
        if (!value.isString()
                || value.stringValue().isEmpty()
                || value.stringValue().length() > most) {
            problem(
                    ProblemCode.INVALID_VALUE,
                    name,
                    "Write a string of 1 to " + most + " characters (UTF-16 code units).");
            return null;
        }
        return value.stringValue();
    }

    /** Degrees on the globe. */
    double degrees(String name, int most) {
        JsonNode value = get(name);
        if (value == null && object != null) {
            missing(name, "Give " + name + ", from -" + most + " to " + most + " degrees.");
        } else if (value != null && (!value.isNumber() || !(Math.abs(value.doubleValue()) <= most))) {
            problem(ProblemCode.INVALID_VALUE, name, "Write a number from -" + most + " to " + most + ", in degrees.");
        } else if (value != null) {
            return value.doubleValue();
        }
        return 0;
    }

    /** The id of a message. */
    UUID message(String name) {
        JsonNode value = get(name);
        UUID id = value != null && value.isString() ? Uuids.parse(value.stringValue()) : null;
        if (id != null) {
            return id;
        }
        if (value != null) {
            problem(ProblemCode.INVALID_VALUE, name, "Write the id of a message of the same thread, a UUID.");
        } else if (object != null) {
            missing(name, "Give " + name + ", the id of a message of the same thread.");
        }
        return NONE;
    }

    /** A list with 1 element to a limit. */
    ArrayNode list(String name, int most) {
        return list(name, most, true);
    }

    /** A list with up to so many elements. */
    ArrayNode list(String name, int most, boolean required) {
        JsonNode value = get(name);
        if (value instanceof ArrayNode list && !(required && list.isEmpty()) && list.size() <= most) {
            return list;
        }
        String limits = " a list of " + (required ? "1" : "0") + " to " + most + " elements.";
        if (value != null) {
            problem(ProblemCode.INVALID_VALUE, name, "Write" + limits);
        } else if (object != null && required) {
            missing(name, "Give " + name + "," + limits);
        }
        return Json.MAPPER.createArrayNode();
    }

    void problem(ProblemCode code, String name, String detail) {
        problems.add(Problem.at(code, at(name), detail));
    }

    /** Something required is not there, or is null: where it is absent, the place is the object that should hold it. */
    void missing(String name, String detail) {
        String place = object == null || object.has(name) ? at(name) : pointer;
        problems.add(Problem.at(ProblemCode.MISSING_MEMBER, place, detail));
    }
}
