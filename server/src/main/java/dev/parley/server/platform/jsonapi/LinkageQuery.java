package dev.parley.server.platform.jsonapi;

import dev.parley.server.platform.http.QueryParameter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The query of a GET of a relationship: that of the list it leads to, but for {@code include}, whose paths begin with the
 * relationship itself.
 *
 * @param include what is included of the resources that are linked; null when they are not included themselves
 * @param compound whether something was to be included at all
 */
record LinkageQuery(
        ListQuery query, @Nullable IncludeTree include, boolean compound, Fieldsets fieldsets, List<Problem> problems) {

    static LinkageQuery read(
            ResourceType type,
            Relation relation,
            ResourceType target,
            Includables includables,
            List<QueryParameter> parameters) {
        List<QueryParameter> includes = parameters.stream()
                .filter(parameter -> parameter.name().equals(IncludeReader.PARAMETER))
                .toList();
        List<QueryParameter> others = parameters.stream()
                .filter(parameter -> !includes.contains(parameter))
                .toList();
        QueryReader.Reading reading = relation instanceof Relation.ToMany
                ? QueryReader.list(target, includables, others)
                : QueryReader.single(target, includables, others);
        List<Problem> problems = new ArrayList<>(reading.problems());
        IncludeTree tree =
                includes.isEmpty() ? new IncludeTree() : tree(type, relation, includables, includes, problems);
        IncludeTree below = tree.branches().get(relation.name());
        return new LinkageQuery(
                reading.query(), below, !includes.isEmpty(), reading.fieldsets(), List.copyOf(problems));
    }

    private static IncludeTree tree(
            ResourceType type,
            Relation relation,
            Includables includables,
            List<QueryParameter> includes,
            List<Problem> problems) {
        if (includes.size() > 1) {
            problems.add(Problem.parameter(
                    ProblemCode.INVALID_QUERY_PARAMETER,
                    IncludeReader.PARAMETER,
                    "Give include once, its paths separated by commas."));
        }
        IncludeReader.Reading reading =
                IncludeReader.read(type, includables, includes.getFirst().value());
        problems.addAll(reading.problems());
        if (reading.tree().branches().keySet().stream().anyMatch(name -> !name.equals(relation.name()))) {
            problems.add(Problem.parameter(
                    ProblemCode.UNKNOWN_INCLUDE,
                    IncludeReader.PARAMETER,
                    "Begin each path with " + relation.name() + "; nothing else is linked here."));
        }
        return reading.tree();
    }
}
