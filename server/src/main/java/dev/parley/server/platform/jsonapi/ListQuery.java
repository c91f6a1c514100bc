package dev.parley.server.platform.jsonapi;

import java.util.List;

/**
 * What a list is asked for, checked against the declaration.
 *
 * @param criteria all of which hold
 * @param order by which it is sorted; the id breaks ties
 * @param number of the page, from 1
 * @param size of the page
 */
public record ListQuery(List<Criterion> criteria, List<Order> order, long number, int size) {

    /**
     * One condition.
     *
     * @param values one typed value, several for {@link Operator#IN}, a Boolean for {@link Operator#NULL}
     */
    public record Criterion(Filter filter, Operator operator, List<Object> values) {}

    /**
     * One sort field.
     *
     * @param field as in {@code sort=field}
     * @param column SQL expression
     */
    public record Order(String field, String column, boolean descending) {}

    /** Rows before this page. */
    public long offset() {
        return (number - 1) * size;
    }
}
