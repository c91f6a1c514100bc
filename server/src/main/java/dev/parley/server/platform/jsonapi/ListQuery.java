package dev.parley.server.platform.jsonapi;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a list is asked for, checked against the declaration.
 *
 * @param criteria all of which hold
 * @param order by which it is sorted; the id breaks ties
 * @param number of the page, from 1; without meaning where it is sought
 * @param size of the page
 * @param seek where a page by cursor begins; null for a numbered page
 */
public record ListQuery(
        List<Criterion> criteria,
        List<Order> order,
        long number,
        int size,
        @Nullable Seek seek) {

    /** A numbered page. */
    public ListQuery(List<Criterion> criteria, List<Order> order, long number, int size) {
        this(criteria, order, number, size, null);
    }

    /**
     * One condition.
     *
     * @param values one typed value, several for {@link Operator#IN}, a Boolean for {@link Operator#NULL}
     */
    public record Criterion(Filter filter, Operator operator, List<Object> values) {

        /** The same of another column that holds the same. */
        Criterion on(String column) {
            return new Criterion(filter.on(column), operator, values);
        }
    }

    /**
     * One sort field.
     *
     * @param field as in {@code sort=field}
     * @param column SQL expression
     */
    public record Order(String field, String column, boolean descending) {}

    /** The same page of the rows that meet other criteria. */
    public ListQuery with(List<Criterion> others) {
        return new ListQuery(others, order, number, size, seek);
    }

    /** The same page of the rows that meet one more criterion. */
    ListQuery within(Criterion criterion) {
        List<Criterion> all = new ArrayList<>(criteria);
        all.add(criterion);
        return with(List.copyOf(all));
    }

    /** Says what a criterion comes to, with the help of the database. */
    @FunctionalInterface
    public interface Replacement {
        Criterion of(Criterion criterion) throws SQLException;
    }

    /** The same page with another criterion in place of each on this field. */
    public ListQuery replacing(String field, Replacement replacement) throws SQLException {
        List<Criterion> others = new ArrayList<>();
        for (Criterion criterion : criteria) {
            others.add(criterion.filter().field().equals(field) ? replacement.of(criterion) : criterion);
        }
        return with(others);
    }

    /** The same sorted by another column that holds the same, in place of that of a field. */
    ListQuery sortedOn(String field, String column) {
        List<Order> others = order.stream()
                .map(one -> one.field().equals(field) ? new Order(field, column, one.descending()) : one)
                .toList();
        return new ListQuery(criteria, others, number, size, seek);
    }

    /** All rows up to the end of the page; those of a page by cursor are sought. */
    ListQuery upToItsEnd() {
        int rows = seek == null ? (int) Math.min(offset() + size, Integer.MAX_VALUE) : size;
        return new ListQuery(criteria, order, 1, rows, seek);
    }

    /** Whether it is sorted by when its resources were made, and by nothing else. */
    boolean isByTime() {
        return order.size() == 1 && order.getFirst().field().equals(ListSql.CREATED_AT);
    }

    /** Whether it is sorted by when its resources were made, the newest first. */
    public boolean isNewestFirst() {
        return isByTime() && order.getFirst().descending();
    }

    /** Rows before this page. */
    public long offset() {
        return (number - 1) * size;
    }
}
