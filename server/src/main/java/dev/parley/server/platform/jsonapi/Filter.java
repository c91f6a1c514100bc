package dev.parley.server.platform.jsonapi;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A field that a list can be filtered by.
 *
 * @param field as in {@code filter[field]}
 * @param kind what its values are
 * @param column SQL expression that holds the value, or for {@link #linked} a condition
 * @param operators those that are served
 * @param index the index that makes it quick, as said in the API's description; null for none
 */
public record Filter(
        String field,
        Kind kind,
        String column,
        Set<Operator> operators,
        @Nullable String index) {

    /** Stands for the value in the condition of {@link #linked}. */
    public static final String VALUE = "{value}";

    /** A filter by equality, with the index behind it. */
    public static Filter equal(String field, Kind kind, String column, String index) {
        return new Filter(field, kind, column, EnumSet.of(Operator.EQ), index);
    }

    /** A filter by text, with every operator that compares texts; an index backs equality alone. */
    public static Filter text(String field, int most, String column, @Nullable String index) {
        Set<Operator> operators = EnumSet.of(
                Operator.EQ, Operator.EQL, Operator.PREFIX, Operator.SUFFIX, Operator.NE, Operator.IN, Operator.NULL);
        return new Filter(field, new Kind.Text(0, most), column, operators, index);
    }

    /** A filter by ranges of time. Answers show whole seconds and rows hold fractions, so equality is not offered. */
    public static Filter range(String field, String column, @Nullable String index) {
        Set<Operator> operators = EnumSet.of(Operator.GT, Operator.GTE, Operator.LT, Operator.LTE);
        return new Filter(field, new Kind.Time(), column, operators, index);
    }

    /**
     * A filter for the resources that another one is linked with, by its id.
     *
     * @param condition SQL with {@link #VALUE} where that id belongs
     */
    public static Filter linked(String field, String condition, String index) {
        return equal(field, new Kind.Id(), condition, index);
    }

    /**
     * A filter by the entries of an object of strings, each as {@code filter[field.key]}; the index backs equality and one of
     * several.
     *
     * @param column a jsonb, null or an object
     */
    public static Filter entries(String field, int most, String column, String index) {
        Set<Operator> operators = EnumSet.of(Operator.EQ, Operator.NE, Operator.IN, Operator.PREFIX, Operator.NULL);
        return new Filter(field, new Kind.Strings(most), column, operators, index);
    }

    /** The SQL condition that a row meets when it has this value, itself an SQL expression. */
    String equalTo(String value) {
        return column.contains(VALUE) ? column.replace(VALUE, value) : column + " = " + value;
    }

    /** The same with other operators too. */
    public Filter with(Operator... more) {
        EnumSet<Operator> all = EnumSet.copyOf(operators);
        all.addAll(List.of(more));
        return new Filter(field, kind, column, all, index);
    }
}
