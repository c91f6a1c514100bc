package dev.parley.server.messages;

import dev.parley.server.platform.json.Json;
import dev.parley.server.platform.jsonapi.Problem;
import dev.parley.server.platform.jsonapi.ProblemCode;
import dev.parley.server.platform.jsonapi.ValueParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads the content of a message into a {@link PayloadInput}. Texts are served, in both forms. A text of blanks is a text: it
 * has a character. How long it may be depends on the channel and is checked with the thread.
 */
final class PayloadCheck implements ValueParser {

    private static final String TEXT = "text";
    /** The member of the older form that holds the same content. */
    private static final String OLDER = "attributes";

    private static final String VALUE = "value";

    @Override
    public Parsed parse(JsonNode value, String pointer) {
        if (!(value instanceof ObjectNode payload)) {
            return bad(ProblemCode.INVALID_VALUE, pointer, "Write an object with type and text.");
        }
        JsonNode type = payload.get("type");
        if (type == null) {
            return bad(ProblemCode.MISSING_MEMBER, pointer, "Give the payload a type: text.");
        }
        String typePointer = pointer + "/type";
        if (!type.isString()) {
            return bad(ProblemCode.INVALID_VALUE, typePointer, "Write the type as a string: text.");
        }
        return type.stringValue().equalsIgnoreCase(TEXT)
                ? text(payload, pointer)
                : new Parsed.Value(new PayloadInput(payload, 0, List.of(unserved(typePointer))));
    }

    private static Problem unserved(String pointer) {
        return Problem.at(
                ProblemCode.INVALID_VALUE, pointer, "Write the payload's type as text: it is the one that is served.");
    }

    private static Parsed text(ObjectNode payload, String pointer) {
        JsonNode content = payload.get(TEXT);
        JsonNode older = payload.get(OLDER);
        if (content != null && older != null && !content.equals(older)) {
            return bad(
                    ProblemCode.INVALID_VALUE,
                    pointer + "/" + OLDER,
                    "This is the older form of text, which is given with another value. Leave it out.");
        }
        JsonNode given = content == null ? older : content;
        String member = pointer + "/" + (content == null ? OLDER : TEXT);
        if (given == null) {
            return bad(ProblemCode.MISSING_MEMBER, pointer, "Give the payload a text: {\"value\": …}.");
        }
        JsonNode value = given.get(VALUE);
        Problem problem = problem(given, value, member);
        return problem != null || value == null
                ? new Parsed.Bad(problem == null ? List.of() : List.of(problem))
                : new Parsed.Value(input(payload, (ObjectNode) given, value.stringValue(), pointer, member));
    }

    private static @Nullable Problem problem(JsonNode content, @Nullable JsonNode value, String pointer) {
        if (!content.isObject()) {
            return Problem.at(ProblemCode.INVALID_VALUE, pointer, "Write an object with value.");
        }
        if (value == null) {
            return Problem.at(ProblemCode.MISSING_MEMBER, pointer, "Give value, the text.");
        }
        return value.isString() && !value.stringValue().isEmpty()
                ? null
                : Problem.at(
                        ProblemCode.INVALID_VALUE,
                        pointer + "/" + VALUE,
                        "Write a string of 1 character at least, to the limit of the thread's channel.");
    }

    private static PayloadInput input(
            ObjectNode payload, ObjectNode content, String text, String pointer, String member) {
        List<Problem> unknown = new ArrayList<>();
        unknown(payload, Set.of("type", TEXT, OLDER), pointer, unknown);
        unknown(content, Set.of(VALUE), member, unknown);
        if (!unknown.isEmpty()) {
            return new PayloadInput(payload, text.length(), unknown);
        }
        ObjectNode one = Json.MAPPER.createObjectNode();
        one.put("type", TEXT);
        one.putObject(TEXT).put(VALUE, text);
        return new PayloadInput(one, text.length(), List.of());
    }

    private static void unknown(ObjectNode object, Set<String> known, String pointer, List<Problem> problems) {
        for (String name : object.propertyNames()) {
            if (!known.contains(name)) {
                problems.add(Problem.at(
                        ProblemCode.UNKNOWN_ATTRIBUTE,
                        pointer + "/" + name.replace("~", "~0").replace("/", "~1"),
                        "There is no member " + name + " in a text. Leave it out."));
            }
        }
    }

    private static Parsed bad(ProblemCode code, String pointer, String detail) {
        return new Parsed.Bad(List.of(Problem.at(code, pointer, detail)));
    }
}
