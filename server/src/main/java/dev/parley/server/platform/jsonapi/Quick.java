package dev.parley.server.platform.jsonapi;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * A combination of filters, operators and a sort that an index makes quick, however long the list is. The API's description
 * names each, and a test asks the planner about each. Immutable.
 *
 * @param index by its name
 * @param filters all of which are given
 * @param sort in both directions; null when what is left is so little that any sort will do
 */
public record Quick(
        String index, List<By> filters, @Nullable String sort) {

    /**
     * One filter of it.
     *
     * @param operators any of which is given
     * @param word the only value that the index serves; null for all
     */
    public record By(
            String field,
            List<Operator> operators,
            @Nullable String word) {}

    /** An index, of nothing yet. */
    public static Quick index(String name) {
        return new Quick(name, List.of(), null);
    }

    /** With a filter by equality. An entry's key is called {@code key}, and stands for any. */
    public Quick by(String field) {
        return by(field, Operator.EQ);
    }

    /** With a filter by any of those operators. */
    public Quick by(String field, Operator... operators) {
        return with(new By(field, List.of(operators), null));
    }

    /** With a filter by a range of time: from, until, or both. */
    public Quick within(String field) {
        return by(field, Operator.GT, Operator.GTE, Operator.LT, Operator.LTE);
    }

    /** With a filter by this word alone. */
    public Quick only(String field, String word) {
        return with(new By(field, List.of(Operator.EQ), word));
    }

    /** Sorted by that field, up or down. */
    public Quick sorted(String field) {
        return new Quick(index, filters, field);
    }

    /** Whether its index begins with what this criterion asks for. */
    boolean leads(ListQuery.Criterion criterion) {
        return filters.stream()
                .limit(1)
                .anyMatch(by -> by.field().equals(criterion.filter().field())
                        && by.operators().contains(criterion.operator())
                        && (by.word() == null || criterion.values().equals(List.of(by.word()))));
    }

    private Quick with(By by) {
        List<By> more = new ArrayList<>(filters);
        more.add(by);
        return new Quick(index, List.copyOf(more), sort);
    }

    /** As the API's description says it: {@code `filter[a]` with `filter[b]` (`gt`, `lt`), sorted by `c`}. */
    public String text() {
        StringJoiner all = new StringJoiner(" with ");
        filters.forEach(by -> all.add(text(by)));
        if (filters.isEmpty()) {
            return "no filter, sorted by `" + sort + "`";
        }
        return all + (sort == null ? "" : ", sorted by `" + sort + "`");
    }

    private static String text(By by) {
        if (by.word() != null) {
            return "`filter[" + by.field() + "]=" + by.word() + "`";
        }
        String name = "`filter[" + by.field() + "]`";
        if (by.operators().equals(List.of(Operator.EQ))) {
            return name;
        }
        StringJoiner operators = new StringJoiner(", ", " (", ")");
        by.operators().forEach(operator -> operators.add("`" + operator.text() + "`"));
        return name + operators;
    }

    /** What a client can do whose list took too long. */
    static String advice(ResourceType type) {
        Set<String> filters = new LinkedHashSet<>();
        for (Quick one : type.quick()) {
            one.filters.stream().limit(1).map(Quick::asked).forEach(filters::add);
        }
        String narrowed = filters.isEmpty()
                ? "another filter"
                : "a filter that has an index, such as " + String.join(", ", filters);
        return "Narrow the list with " + narrowed
                + "; sort by createdAt, ask for an earlier page or one by page[after]," + " or include less.";
    }

    private static String asked(By by) {
        return "filter[" + by.field() + "]" + (by.word() == null ? "" : "=" + by.word());
    }

    /** Refuses a combination that the declaration does not have. */
    void check(ResourceType type) {
        for (By by : filters) {
            Filter filter = Entries.filter(type, by.field());
            if (filter == null || !filter.operators().containsAll(by.operators())) {
                throw new IllegalArgumentException("no such filter: " + by);
            }
        }
        if (sort != null && !type.sorts().containsKey(sort)) {
            throw new IllegalArgumentException("no such sort: " + sort);
        }
    }
}
