package dev.parley.server.platform.jsonapi;

import static dev.parley.server.platform.jsonapi.Operator.EQ;
import static dev.parley.server.platform.jsonapi.Operator.EQL;
import static dev.parley.server.platform.jsonapi.Operator.GT;
import static dev.parley.server.platform.jsonapi.Operator.GTE;
import static dev.parley.server.platform.jsonapi.Operator.IN;
import static dev.parley.server.platform.jsonapi.Operator.LT;
import static dev.parley.server.platform.jsonapi.Operator.LTE;
import static dev.parley.server.platform.jsonapi.Operator.NE;
import static dev.parley.server.platform.jsonapi.Operator.NULL;
import static dev.parley.server.platform.jsonapi.Operator.PREFIX;
import static dev.parley.server.platform.jsonapi.Operator.SUFFIX;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A field that a list can be filtered by. Which combinations of them are quick is said by {@link Quick}. Immutable.
 *
 * @param field as in {@code filter[field]}
 * @param kind what its values are
 * @param column SQL expression that holds the value, in parentheses unless it is a column or a call; for {@link #linked} a
 *     condition
 * @param operators those that are served
 * @param meant SQL conditions that hold exactly where the value is a certain word, by that word
 */
public record Filter(String field, Kind kind, String column, Set<Operator> operators, Map<String, String> meant) {

    /** Stands for the value in the condition of {@link #linked}. */
    public static final String VALUE = "{value}";

    /** A filter with those operators. */
    public static Filter of(String field, Kind kind, String column, Operator first, Operator... more) {
        return new Filter(field, kind, column, EnumSet.of(first, more), Map.of());
    }

    /** A filter by text, with every operator that compares texts. */
    public static Filter text(String field, int most, String column) {
        return of(field, new Kind.Text(0, most), column, EQ, EQL, PREFIX, SUFFIX, NE, IN, NULL);
    }

    /** A filter by the list's own id, which is never null. */
    public static Filter key(String column) {
        return of("id", new Kind.Id(), column, EQ, NE, IN);
    }

    /** A filter by the id of something else. */
    public static Filter id(String field, String column) {
        return of(field, new Kind.Id(), column, EQ, NE, IN, NULL);
    }

    /** A filter by one of some words, which the rows hold as they are listed here. */
    public static Filter words(String field, String column, List<String> words) {
        return of(field, new Kind.Choice(words), column, EQ, NE, IN);
    }

    /** A filter by true or false. */
    public static Filter flag(String field, String column) {
        return of(field, new Kind.Bool(), column, EQ, NE, IN);
    }

    /** A filter by whole numbers. */
    public static Filter whole(String field, long min, long max, String column) {
        return of(field, new Kind.Whole(min, max), column, EQ, NE, IN, GT, GTE, LT, LTE);
    }

    /** A filter by ranges of time. Answers show whole seconds and rows hold fractions, so equality is not offered. */
    public static Filter range(String field, String column) {
        return of(field, new Kind.Time(), column, GT, GTE, LT, LTE);
    }

    /**
     * A filter for the resources that another one is linked with, by its id.
     *
     * @param condition SQL with {@link #VALUE} where that id belongs
     */
    public static Filter linked(String field, String condition) {
        return of(field, new Kind.Id(), condition, EQ);
    }

    /** The same for a field that may be null. */
    public Filter nullable() {
        EnumSet<Operator> all = EnumSet.copyOf(operators);
        all.add(NULL);
        return new Filter(field, kind, column, all, meant);
    }

    /**
     * The same, knowing by what else to tell the rows that hold a word. An index with that condition then serves and counts who
     * asks for the word, and need not name the column itself: a row is written in place only while nothing changes that an index
     * names.
     */
    public Filter meaning(String word, String condition) {
        Map<String, String> all = new HashMap<>(meant);
        all.put(word, condition);
        return new Filter(field, kind, column, operators, Map.copyOf(all));
    }

    /**
     * A filter by the entries of an object of strings, each as {@code filter[field.key]}.
     *
     * @param column a jsonb, null or an object
     */
    public static Filter entries(String field, int most, String column) {
        return of(field, new Kind.Strings(most), column, EQ, NE, IN, PREFIX, NULL);
    }

    /** The same of another column that holds the same. */
    Filter on(String other) {
        return new Filter(field, kind, other, operators, meant);
    }

    /** The SQL condition that a row meets when it has this value, itself an SQL expression. */
    String equalTo(String value) {
        return column.contains(VALUE) ? column.replace(VALUE, value) : column + " = " + value;
    }
}
