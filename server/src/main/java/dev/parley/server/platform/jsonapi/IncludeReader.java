package dev.parley.server.platform.jsonapi;

import dev.parley.server.platform.text.NearestName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.node.JsonNodeFactory;

/** Reads the value of {@code include} and collects everything that is wrong with it. Used once. */
final class IncludeReader {

    static final String PARAMETER = "include";

    private static final int MOST_PATHS = 10;
    private static final int MOST_STEPS = 4;
    private static final int MOST_ECHOED = 100;

    private final Includables includables;
    private final IncludeTree tree = new IncludeTree();
    private final List<Problem> problems = new ArrayList<>();

    private IncludeReader(Includables includables) {
        this.includables = includables;
    }

    /** What was valid, and what wasn't. */
    record Reading(IncludeTree tree, List<Problem> problems) {}

    /** @param value paths of relations, separated by commas, each of names separated by dots; may be empty */
    static Reading read(ResourceType type, Includables includables, String value) {
        IncludeReader reader = new IncludeReader(includables);
        if (!value.isEmpty()) {
            reader.paths(type, new LinkedHashSet<>(Arrays.asList(value.split(",", -1))));
        }
        return new Reading(reader.tree, reader.problems);
    }

    private void paths(ResourceType type, Set<String> paths) {
        if (paths.size() > MOST_PATHS) {
            bad("Give at most " + MOST_PATHS + " paths.");
            return;
        }
        for (String path : paths) {
            String[] names = path.split("\\.", -1);
            if (names.length > MOST_STEPS) {
                bad("Give at most " + MOST_STEPS + " relationships in a path; there are more in " + echoed(path) + ".");
            } else {
                path(type, names);
            }
        }
    }

    private void path(ResourceType type, String[] names) {
        ResourceType at = type;
        IncludeTree branch = tree;
        for (int i = 0; i < names.length; i++) {
            Relation relation = at.relations().get(names[i]);
            Includables.Target target = relation == null ? null : includables.of(relation);
            if (target == null) {
                unknown(at, names, i);
                return;
            }
            at = target.type();
            branch = branch.branch(names[i]);
        }
    }

    private void unknown(ResourceType at, String[] names, int step) {
        String before = Arrays.stream(names).limit(step).map(name -> name + ".").collect(Collectors.joining());
        List<String> known = includables.names(at).stream()
                .map(name -> before + name)
                .sorted()
                .toList();
        String path = before + names[step];
        String nearest = NearestName.of(path, known);
        String detail = "There is no path " + echoed(path) + " to include."
                + (nearest == null ? "" : " Did you mean " + nearest + "?")
                + (known.isEmpty() ? "" : " There are: " + String.join(", ", known) + ".");
        Problem problem = Problem.parameter(ProblemCode.UNKNOWN_INCLUDE, PARAMETER, detail);
        problems.add(
                nearest == null
                        ? problem
                        : problem.with(JsonNodeFactory.instance.objectNode().put("nearest", nearest)));
    }

    private void bad(String detail) {
        problems.add(Problem.parameter(ProblemCode.INVALID_QUERY_PARAMETER, PARAMETER, detail));
    }

    private static String echoed(String path) {
        return path.length() > MOST_ECHOED ? path.substring(0, MOST_ECHOED) + "…" : path;
    }
}
