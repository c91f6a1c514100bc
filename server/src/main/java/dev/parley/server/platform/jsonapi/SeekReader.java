package dev.parley.server.platform.jsonapi;

import dev.parley.server.platform.http.QueryParameter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads {@code page[after]} and {@code page[before]}. Used once. */
final class SeekReader {

    private static final String BEFORE = "page[before]";
    static final String AFTER = "page[after]";

    private final List<QueryParameter> given = new ArrayList<>();
    private boolean numbered;

    /** Takes a parameter of the family {@code page}. */
    void take(QueryParameter parameter) {
        numbered |= parameter.name().equals("page[number]");
        if (named(parameter)) {
            given.add(parameter);
        }
    }

    static boolean named(QueryParameter parameter) {
        return parameter.name().equals(AFTER) || parameter.name().equals(BEFORE);
    }

    /** Where the page begins, once the order is known; null for a numbered one and where a problem was added. */
    @Nullable
    Seek read(ResourceType type, List<ListQuery.Order> order, List<Problem> problems) {
        if (given.isEmpty()) {
            return null;
        }
        QueryParameter last = given.getLast();
        if (given.size() > 1) {
            problems.add(bad(last, "Give page[after] or page[before], and that once."));
            return null;
        }
        if (numbered) {
            problems.add(bad(last, "Leave page[number] out, or page by number alone."));
            return null;
        }
        boolean backwards = last.name().equals(BEFORE);
        if (last.value().isEmpty()) {
            return new Seek(backwards, "", List.of());
        }
        List<@Nullable Object> values = Cursors.read(type, order, last.value());
        if (values == null) {
            problems.add(bad(
                    last,
                    "This is no cursor of a list with this sort. Take it from links.prev or links.next, with the same sort; "
                            + "leave it empty to begin."));
            return null;
        }
        return new Seek(backwards, last.value(), values);
    }

    private static Problem bad(QueryParameter parameter, String detail) {
        return Problem.parameter(ProblemCode.INVALID_QUERY_PARAMETER, parameter.name(), detail);
    }
}
