package dev.parley.server.platform.jsonapi;

import java.util.List;

/** The SQL condition of a criterion on one entry of a jsonb object. Keys are bound as values are. */
final class EntrySql {

    private EntrySql() {}

    /** Adds the values to be bound. */
    static String condition(ListQuery.Criterion criterion, Entries.Entry first, List<Object> values) {
        String entry = "(" + criterion.filter().column() + " ->> ?)";
        values.add(first.key());
        if (criterion.operator() == Operator.NULL) {
            return entry + (first.value().equals(true) ? " is null" : " is not null");
        }
        values.add(criterion.operator() == Operator.IN ? texts(criterion) : first.value());
        return switch (criterion.operator()) {
            case EQ -> entry + " = ?";
            case IN -> entry + " = any(?)";
            case NE -> entry + " is distinct from ?";
            case PREFIX -> "starts_with(" + entry + ", ?)";
            case NULL, EQL, SUFFIX, GT, GTE, LT, LTE ->
                throw new IllegalStateException("entries are not compared by " + criterion.operator());
        };
    }

    private static Object[] texts(ListQuery.Criterion criterion) {
        return criterion.values().stream()
                .map(value -> ((Entries.Entry) value).value())
                .toArray();
    }
}
