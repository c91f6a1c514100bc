package dev.parley.server.messages;

import dev.parley.server.platform.jsonapi.Problem;
import dev.parley.server.platform.jsonapi.ProblemCode;
import dev.parley.server.platform.jsonapi.ValueParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads the caller's own keys: at most 50 strings of up to 500 characters, under names of 1 to 64. */
final class MetadataCheck implements ValueParser {

    private static final int MOST = 50;
    private static final int NAME = 64;
    private static final int VALUE = 500;

    @Override
    public Parsed parse(JsonNode value, String pointer) {
        if (!(value instanceof ObjectNode metadata) || metadata.size() > MOST) {
            return new Parsed.Bad(List.of(problem(pointer, "Write an object of at most " + MOST + " strings.")));
        }
        List<Problem> problems = new ArrayList<>();
        for (Map.Entry<String, JsonNode> entry : metadata.properties()) {
            if (!fits(entry.getKey(), entry.getValue())) {
                problems.add(problem(
                        pointer + "/" + entry.getKey().replace("~", "~0").replace("/", "~1"),
                        "Write a string of at most " + VALUE + " characters under a name of 1 to " + NAME + "."));
            }
        }
        return problems.isEmpty() ? new Parsed.Value(metadata) : new Parsed.Bad(problems);
    }

    private static boolean fits(String name, JsonNode value) {
        return !name.isEmpty()
                && name.codePointCount(0, name.length()) <= NAME
                && value.isString()
                && value.stringValue().codePointCount(0, value.stringValue().length()) <= VALUE;
    }

    private static Problem problem(String pointer, String detail) {
        return Problem.at(ProblemCode.INVALID_VALUE, pointer, detail);
    }
}
