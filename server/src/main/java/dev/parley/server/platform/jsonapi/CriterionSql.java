package dev.parley.server.platform.jsonapi;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * The SQL condition of one criterion. Plans are made for any value, so what the planner needs to see stands in the text: words
 * of the declaration and booleans as they are, a prefix as the range that it is.
 */
final class CriterionSql {

    /** Letters are folded alike whatever locale the database has. */
    private static final String FOLDED = " collate \"pg_c_utf8\")";

    private CriterionSql() {}

    /** Adds the values to be bound. */
    static String condition(ListQuery.Criterion criterion, List<Object> values) {
        String column = criterion.filter().column();
        Object first = criterion.values().getFirst();
        if (first instanceof Entries.Entry entry) {
            return EntrySql.condition(criterion, entry, values);
        }
        return switch (criterion.operator()) {
            case NULL -> column + (first.equals(true) ? " is null" : " is not null");
            case IN -> in(criterion, values);
            case EQ -> equal(criterion.filter(), first, values);
            case NE -> column + " is distinct from " + value(criterion.filter(), first, values);
            case EQL -> with(values, first, "lower(" + column + FOLDED + " = lower(?::text" + FOLDED);
            case PREFIX -> prefix(column, (String) first, values);
            case SUFFIX -> with(values, first, "starts_with(reverse(" + column + "), reverse(?))");
            case GT -> with(values, first, column + " > ?");
            case GTE -> with(values, first, column + " >= ?");
            case LT -> with(values, first, column + " < ?");
            case LTE -> with(values, first, column + " <= ?");
        };
    }

    private static String equal(Filter filter, Object value, List<Object> values) {
        String meant = filter.meant().get(value);
        return meant == null ? filter.equalTo(value(filter, value, values)) : meant;
    }

    private static String in(ListQuery.Criterion criterion, List<Object> values) {
        Filter filter = criterion.filter();
        if (!literal(filter.kind())) {
            values.add(criterion.values().stream().map(CriterionSql::bind).toArray());
            return filter.column() + " = any(?)";
        }
        StringJoiner all = new StringJoiner(", ", filter.column() + " in (", ")");
        criterion.values().forEach(value -> all.add(value(filter, value, values)));
        return all.toString();
    }

    /** The value as it stands in the text; bound, unless it comes from the declaration. */
    private static String value(Filter filter, Object value, List<Object> values) {
        if (!literal(filter.kind())) {
            return with(values, value, "?");
        }
        return value instanceof String word ? "'" + word.replace("'", "''") + "'" : value.toString();
    }

    private static boolean literal(Kind kind) {
        return kind instanceof Kind.Choice || kind instanceof Kind.Bool;
    }

    /** Compares bytes, as an index with {@code text_pattern_ops} does; that is the order of code points. */
    private static String prefix(String column, String prefix, List<Object> values) {
        if (prefix.isEmpty()) {
            return column + " is not null";
        }
        String from = with(values, prefix, column + " ~>=~ ?");
        String end = end(prefix);
        return end == null ? from : from + " and " + with(values, end, column + " ~<~ ?");
    }

    /** The least text beyond all that begin so; null when there is none. */
    private static @Nullable String end(String prefix) {
        int last = prefix.length();
        while (last > 0) {
            int point = prefix.codePointBefore(last);
            last -= Character.charCount(point);
            if (point < Character.MAX_CODE_POINT) {
                int next = point + 1 == Character.MIN_SURROGATE ? Character.MAX_SURROGATE + 1 : point + 1;
                return prefix.substring(0, last) + Character.toString(next);
            }
        }
        return null;
    }

    private static String with(List<Object> values, Object value, String condition) {
        values.add(bind(value));
        return condition;
    }

    private static Object bind(Object value) {
        return value instanceof Instant time ? time.atOffset(ZoneOffset.UTC) : value;
    }
}
