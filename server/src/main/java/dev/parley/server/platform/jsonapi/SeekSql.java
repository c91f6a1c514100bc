package dev.parley.server.platform.jsonapi;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Conditions for the rows behind a place. For PostgreSQL, null is greater than every value, in both directions. */
final class SeekSql {

    private SeekSql() {}

    /**
     * One column of the order.
     *
     * @param nullable whether a row may have null there
     */
    record Term(String column, boolean descending, boolean nullable) {}

    /**
     * A condition that holds for exactly the rows behind the place.
     *
     * @param terms in their order, the id last
     * @param place their values there
     * @param values that are to be bound; more are added
     */
    static String behind(List<Term> terms, List<@Nullable Object> place, List<Object> values) {
        return comparesAsRow(terms, place) ? row(terms, place, values) : expanded(terms, place, values);
    }

    /** One comparison of rows is what an index can begin at; it only serves one direction, and leaves nulls out. */
    private static boolean comparesAsRow(List<Term> terms, List<@Nullable Object> place) {
        boolean descending = terms.getFirst().descending();
        return place.stream().noneMatch(value -> value == null)
                && terms.stream().allMatch(term -> term.descending() == descending && (descending || !term.nullable()));
    }

    private static String row(List<Term> terms, List<@Nullable Object> place, List<Object> values) {
        StringJoiner columns = new StringJoiner(", ", "(", ")");
        StringJoiner marks = new StringJoiner(", ", "(", ")");
        for (int i = 0; i < terms.size(); i++) {
            columns.add(terms.get(i).column());
            marks.add("?");
            bind(place.get(i), values);
        }
        return columns + (terms.getFirst().descending() ? " < " : " > ") + marks;
    }

    private static String expanded(List<Term> terms, List<@Nullable Object> place, List<Object> values) {
        StringJoiner any = new StringJoiner(" or ", "(", ")");
        for (int i = 0; i < terms.size(); i++) {
            List<Object> mine = new ArrayList<>();
            StringJoiner all = new StringJoiner(" and ", "(", ")");
            for (int j = 0; j < i; j++) {
                all.add(equal(terms.get(j), place.get(j), mine));
            }
            all.add(beyond(terms.get(i), place.get(i), mine));
            any.add(all.toString());
            values.addAll(mine);
        }
        return any.toString();
    }

    private static String equal(Term term, @Nullable Object value, List<Object> values) {
        if (value == null) {
            return term.column() + " is null";
        }
        bind(value, values);
        return term.column() + " = ?";
    }

    private static String beyond(Term term, @Nullable Object value, List<Object> values) {
        if (value == null) {
            return term.descending() ? term.column() + " is not null" : "false";
        }
        bind(value, values);
        if (term.descending()) {
            return term.column() + " < ?";
        }
        return term.nullable()
                ? "(" + term.column() + " > ? or " + term.column() + " is null)"
                : term.column() + " > ?";
    }

    private static void bind(@Nullable Object value, List<Object> values) {
        if (value != null) {
            values.add(value instanceof Instant time ? time.atOffset(ZoneOffset.UTC) : value);
        }
    }
}
