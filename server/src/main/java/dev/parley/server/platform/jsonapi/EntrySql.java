package dev.parley.server.platform.jsonapi;

import dev.parley.server.platform.json.Json;
import java.util.List;

/**
 * The SQL condition of a criterion on one entry of a jsonb object. Keys are bound as values are.
 *
 * <p>What contains an object is found by an index of jsonb_path_ops. The planner takes one row in a hundred for containing
 * whatever is asked for, and would rather walk the newest rows until it has a page of them: through all, where a value is rare.
 * So the same is said three times.
 */
final class EntrySql {

    private EntrySql() {}

    /** Adds the values to be bound. */
    static String condition(ListQuery.Criterion criterion, Entries.Entry first, List<Object> values) {
        String column = criterion.filter().column();
        String entry = "(" + column + " ->> ?)";
        if (first.common()) {
            return walked(criterion, first, entry, values);
        }
        return switch (criterion.operator()) {
            case EQ -> {
                values.add(json(first));
                values.add(first.key());
                values.add(first.value());
                values.add(first.key());
                values.add(first.value());
                yield "(" + column + " @> ?::jsonb and " + entry + " = ? and (" + column
                        + " -> ?) = to_jsonb(?::text))";
            }
            case IN -> {
                Object[] texts = texts(criterion);
                values.add(criterion.values().stream()
                        .map(value -> json((Entries.Entry) value))
                        .toArray());
                values.add(first.key());
                values.add(texts);
                values.add(first.key());
                values.add(texts);
                yield "(" + column + " @> any(?::jsonb[]) and " + entry + " = any(?) and ((" + column
                        + " ->> ?) || '') = any(?))";
            }
            case NE -> {
                values.add(first.key());
                values.add(first.value());
                yield entry + " is distinct from ?";
            }
            case PREFIX -> {
                values.add(first.key());
                values.add(first.value());
                yield "starts_with(" + entry + ", ?)";
            }
            case NULL -> {
                values.add(first.key());
                yield entry + (first.value().equals(true) ? " is null" : " is not null");
            }
            case EQL, SUFFIX, GT, GTE, LT, LTE ->
                throw new IllegalStateException("entries are not compared by " + criterion.operator());
        };
    }

    /** Says it once, and so that no index serves it. */
    private static String walked(
            ListQuery.Criterion criterion, Entries.Entry first, String entry, List<Object> values) {
        values.add(first.key());
        values.add(texts(criterion));
        return entry + " = any(?)";
    }

    private static Object[] texts(ListQuery.Criterion criterion) {
        return criterion.values().stream()
                .map(value -> ((Entries.Entry) value).value())
                .toArray();
    }

    private static String json(Entries.Entry entry) {
        return Json.text(Json.MAPPER.createObjectNode().put(entry.key(), (String) entry.value()));
    }
}
