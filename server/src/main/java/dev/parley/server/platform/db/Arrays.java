package dev.parley.server.platform.db;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Binds a list of records as arrays, one a column, in the order of the statement's parameters.
 *
 * <p>A hot statement takes them apart in a select list, {@code select unnest(?::uuid[]) as id, unnest(?::text[]) as name}, where
 * PostgreSQL goes through all of them in step. The same arrays in one {@code from unnest(…, …)} are each copied first.
 */
public final class Arrays {

    private final PreparedStatement statement;
    private int next = 1;

    public Arrays(PreparedStatement statement) {
        this.statement = statement;
    }

    /** Says what the statement's transaction does, for those who listen for its commit. */
    public Arrays mark(CommitMark mark) throws SQLException {
        mark.put(statement.getConnection());
        return this;
    }

    /** A column of UUIDs; the statement casts it to {@code uuid[]}. */
    public <T> Arrays uuids(List<T> rows, Function<T, @Nullable UUID> column) throws SQLException {
        statement.setObject(next++, BinaryArray.uuids(rows, column));
        return this;
    }

    /** A column of texts; also for JSON, numbers and whatever is cast in the statement. */
    public <T> Arrays texts(List<T> rows, Function<T, @Nullable String> column) throws SQLException {
        return array("text", rows, column, new @Nullable String[rows.size()]);
    }

    /** A column of times; the statement casts it to {@code timestamptz[]}. */
    public <T> Arrays times(List<T> rows, Function<T, @Nullable Instant> column) throws SQLException {
        statement.setObject(next++, BinaryArray.times(rows, column));
        return this;
    }

    /** A column of the rows' places, from 0: what a statement orders by to answer in their order. */
    public <T> Arrays places(List<T> rows) throws SQLException {
        Long[] places = new Long[rows.size()];
        java.util.Arrays.setAll(places, Long::valueOf);
        statement.setArray(next++, statement.getConnection().createArrayOf("int8", places));
        return this;
    }

    /** A column of integers. */
    public <T> Arrays longs(List<T> rows, ToLongFunction<T> column) throws SQLException {
        return array("int8", rows, column::applyAsLong, new @Nullable Long[rows.size()]);
    }

    /** A column of integers, some of them null. */
    public <T> Arrays longsOrNull(List<T> rows, Function<T, @Nullable Long> column) throws SQLException {
        return array("int8", rows, column, new @Nullable Long[rows.size()]);
    }

    /** A column of booleans. */
    public <T> Arrays booleans(List<T> rows, Function<T, Boolean> column) throws SQLException {
        return array("bool", rows, column, new @Nullable Boolean[rows.size()]);
    }

    /** A column of bytes. */
    public <T> Arrays bytes(List<T> rows, Function<T, byte @Nullable []> column) throws SQLException {
        byte[][] values = new byte[rows.size()][];
        for (int i = 0; i < values.length; i++) {
            byte[] value = column.apply(rows.get(i));
            if (value != null) {
                values[i] = value;
            }
        }
        statement.setArray(next++, statement.getConnection().createArrayOf("bytea", values));
        return this;
    }

    /** A single parameter that is not an array. */
    public Arrays value(Object value) throws SQLException {
        statement.setObject(next++, value);
        return this;
    }

    /** An array of the column's own Java type is sent in PostgreSQL's binary form; one of objects would be text to parse. */
    private <T, V> Arrays array(String type, List<T> rows, Function<T, @Nullable V> column, @Nullable V[] values)
            throws SQLException {
        for (int i = 0; i < values.length; i++) {
            values[i] = column.apply(rows.get(i));
        }
        statement.setArray(next++, statement.getConnection().createArrayOf(type, values));
        return this;
    }
}
