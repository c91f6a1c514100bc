package dev.parley.server.webhooks;

import dev.parley.server.platform.jsonapi.Problem;
import dev.parley.server.platform.jsonapi.ProblemCode;
import dev.parley.server.platform.jsonapi.ValueParser;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * The attributes that a subscription waits for, as they were written.
 *
 * @param names empty for all of them
 */
record FieldNames(List<String> names) {

    private static final int MOST = 50;

    static ValueParser.Parsed parse(JsonNode value, String pointer) {
        if (!value.isArray() || value.size() > MOST) {
            return bad(
                    pointer, "Write an array of at most " + MOST + " names of attributes, or null for every change.");
        }
        List<String> names = new ArrayList<>();
        for (JsonNode name : value) {
            if (!name.isString()) {
                return bad(pointer + "/" + names.size(), "Write the name of an attribute.");
            }
            names.add(name.stringValue());
        }
        return new ValueParser.Parsed.Value(new FieldNames(names));
    }

    /** Each name that is none of these. */
    List<Problem> problems(Collection<String> attributes, String resource, String pointer) {
        List<Problem> problems = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            if (Announced.spelled(name, attributes) == null) {
                String detail = "There is no attribute " + name + " in " + resource + ".";
                problems.add(Problem.at(ProblemCode.INVALID_VALUE, pointer + "/" + i, detail)
                        .suggesting(name, attributes));
            }
        }
        return problems;
    }

    private static ValueParser.Parsed bad(String pointer, String detail) {
        return new ValueParser.Parsed.Bad(List.of(Problem.at(ProblemCode.INVALID_VALUE, pointer, detail)));
    }
}
