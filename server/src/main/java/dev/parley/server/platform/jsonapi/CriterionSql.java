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
        if (criterion.operator() == Operator.NULL) {
            return column + (criterion.values().getFirst().equals(true) ? " is null" : " is not null");
        }
        if (criterion.operator() == Operator.IN) {
            Object[] all = criterion.values().stream().map(CriterionSql::bind).toArray();
            values.add(all);
            return column + " = any(?)";
        }
        values.add(bind(criterion.values().getFirst()));
        return switch (criterion.operator()) {
            case EQ -> column + " = ?";
            case NE -> column + " is distinct from ?";
            case EQL -> "lower(" + column + ") = lower(?)";
            case PREFIX -> "starts_with(" + column + ", ?)";
            case SUFFIX -> "starts_with(reverse(" + column + "), reverse(?))";
            case GT -> column + " > ?";
            case GTE -> column + " >= ?";
            case LT -> column + " < ?";
            case LTE -> column + " <= ?";
            case IN, NULL -> throw new IllegalStateException("handled above");
        };
    }

    private static Object bind(Object value) {
        return value instanceof Instant time ? time.atOffset(ZoneOffset.UTC) : value;
    }
}
