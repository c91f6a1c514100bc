package dev.parley.server.platform.jsonapi;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/** The SQL condition of one criterion. */
final class CriterionSql {

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
            case IN -> {
                values.add(criterion.values().stream().map(CriterionSql::bind).toArray());
                yield column + " = any(?)";
            }
            case EQ -> with(values, first, criterion.filter().equalTo("?"));
            case NE -> with(values, first, column + " is distinct from ?");
            case EQL -> with(values, first, "lower(" + column + ") = lower(?)");
            case PREFIX -> with(values, first, "starts_with(" + column + ", ?)");
            case SUFFIX -> with(values, first, "starts_with(reverse(" + column + "), reverse(?))");
            case GT -> with(values, first, column + " > ?");
            case GTE -> with(values, first, column + " >= ?");
            case LT -> with(values, first, column + " < ?");
            case LTE -> with(values, first, column + " <= ?");
        };
    }

    private static String with(List<Object> values, Object value, String condition) {
        values.add(bind(value));
        return condition;
    }

    private static Object bind(Object value) {
        return value instanceof Instant time ? time.atOffset(ZoneOffset.UTC) : value;
    }
}
