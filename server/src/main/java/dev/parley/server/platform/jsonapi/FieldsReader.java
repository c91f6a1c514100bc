package dev.parley.server.platform.jsonapi;

import dev.parley.server.platform.http.QueryParameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Reads the parameters {@code fields[type]} of a request and collects everything that is wrong with them. Used once. */
final class FieldsReader {

    static final String FAMILY = "fields";

    private static final int MOST_NAMES = 100;

    /** Those that the answer can hold, by name: it does not matter what this very request includes. */
    private final Map<String, ResourceType> types = new TreeMap<>();

    private final Map<String, Set<String>> byType = new HashMap<>();
    private final List<Problem> problems = new ArrayList<>();

    FieldsReader(ResourceType primary, Includables includables) {
        reach(primary, includables);
    }

    private void reach(ResourceType type, Includables includables) {
        if (types.putIfAbsent(type.type(), type) != null) {
            return;
        }
        for (Relation relation : type.relations().values()) {
            Includables.Target target = includables.of(relation);
            if (target != null) {
                reach(target.type(), includables);
            }
        }
    }

    /** @param keys what comes behind {@code fields} in the name, with its brackets */
    void read(QueryParameter parameter, String keys) {
        boolean one = keys.length() > 2 && keys.indexOf(']') == keys.length() - 1;
        String name = one ? keys.substring(1, keys.length() - 1) : "";
        ResourceType type = types.get(name);
        if (!one) {
            bad(
                    parameter,
                    "Write fields[type]=name,name with one of these types: " + String.join(", ", types.keySet()) + ".");
        } else if (type == null) {
            unknown(parameter, "The answer has no " + name + ".", name, types.keySet());
        } else if (byType.containsKey(name)) {
            bad(parameter, "Give " + parameter.name() + " once, its names separated by commas.");
        } else {
            byType.put(name, names(parameter, type));
        }
    }

    private Set<String> names(QueryParameter parameter, ResourceType type) {
        Set<String> names = new LinkedHashSet<>();
        if (parameter.value().isEmpty()) {
            return names;
        }
        names.addAll(Arrays.asList(parameter.value().split(",", -1)));
        if (names.size() > MOST_NAMES) {
            bad(parameter, "Give at most " + MOST_NAMES + " names.");
            return names;
        }
        Set<String> known = new LinkedHashSet<>(type.attributes().keySet());
        known.addAll(type.relations().keySet());
        for (String name : names) {
            if (!known.contains(name)) {
                unknown(parameter, type.type() + " have no field " + name + ".", name, known);
            }
        }
        return names;
    }

    private void unknown(QueryParameter parameter, String detail, String written, Collection<String> known) {
        Problem unknown = Problem.parameter(ProblemCode.UNKNOWN_FIELD, parameter.name(), detail);
        problems.add(unknown.suggesting(written, known));
    }

    private void bad(QueryParameter parameter, String detail) {
        problems.add(Problem.parameter(ProblemCode.INVALID_QUERY_PARAMETER, parameter.name(), detail));
    }

    /** What was read. */
    Fieldsets fieldsets() {
        return new Fieldsets(byType);
    }

    /** What was wrong. */
    List<Problem> problems() {
        return problems;
    }
}
