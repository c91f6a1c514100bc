package dev.parley.server.retention;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** Partitions of the event log: number {@code k} holds the positions from k · 2^40. */
final class PartitionStore {

    static final int BITS = 40;
    /** Whoever holds this advisory lock changes partitions and the sequence. */
    static final long LOCK = 0x7061726c6579_0001L;

    private static final String CURRENT =
            "select case when is_called then last_value + 1 else last_value end from event_positions";
    private static final String ATTACHED = """
            select exists (
                select from pg_inherits where inhparent = 'events'::regclass and inhrelid = to_regclass(?))
            """;
    private static final String RECORD =
            "insert into event_cuts (number, cut_at) values (?, parley_now()) on conflict (number) do nothing";
    private static final String BEGUN_BEFORE =
            "select cut_at <= parley_now() - ? * interval '1 second' from event_cuts where number = ?";
    // What was set is the last position of the partition before: then the horizon covers that one although nothing was
    // drawn since, which a sequence that was "not called" would hide.
    private static final String MOVE_ON = """
            select setval('event_positions', p.last_of_previous, true)
            from (select ?::int8 as last_of_previous) p, event_positions e where e.last_value < p.last_of_previous
            """;
    private static final String OLDEST_KEPT = """
            select coalesce(max(number), 0) from event_cuts where cut_at <= parley_now() - ? * interval '1 second'
            """;

    /** Where the next position is drawn from. */
    record Current(long nextPosition) {

        long number() {
            return nextPosition >> BITS;
        }

        /** Whether no position was drawn from the partition yet; the very first is 1. */
        boolean isUnused() {
            return nextPosition == Math.max(1, number() << BITS);
        }
    }

    private PartitionStore() {}

    static String table(long number) {
        return "events_p" + number;
    }

    /** Takes the lock until the end of the transaction, unless another has it; also limits each wait for a table. */
    static boolean lock(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("set local lock_timeout = '1s'");
        }
        try (PreparedStatement statement = connection.prepareStatement("select pg_try_advisory_xact_lock(?)")) {
            statement.setLong(1, LOCK);
            return isTrue(statement);
        }
    }

    static Current current(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(CURRENT)) {
            return new Current(number(statement));
        }
    }

    static boolean isAttached(Connection connection, long number) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ATTACHED)) {
            statement.setString(1, table(number));
            return isTrue(statement);
        }
    }

    /** Makes an empty table and attaches it, which blocks neither readers nor writers; "partition of" would. */
    static void create(Connection connection, long number) throws SQLException {
        String table = table(number);
        try (Statement statement = connection.createStatement()) {
            statement.execute("create table " + table
                    + " (like events including all) with (autovacuum_analyze_scale_factor = 0.2)");
            // Not among what "like" copies; nobody looks for what is in them (migration V20261128_2).
            statement.execute("alter table " + table
                    + " alter column fields set statistics 0, alter column state set statistics 0");
            statement.execute("alter table events attach partition " + table + " for values from (" + (number << BITS)
                    + ") to (" + ((number + 1) << BITS) + ")");
        }
    }

    static void recordBegin(Connection connection, long number) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(RECORD)) {
            statement.setLong(1, number);
            statement.executeUpdate();
        }
    }

    static boolean begunBefore(Connection connection, long number, Duration ago) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(BEGUN_BEFORE)) {
            statement.setLong(1, ago.toSeconds());
            statement.setLong(2, number);
            return isTrue(statement);
        }
    }

    /** The next position is the first of this partition, unless the sequence is there already. */
    static void moveOn(Connection connection, long number) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(MOVE_ON)) {
            statement.setLong(1, (number << BITS) - 1);
            statement.execute();
        }
    }

    /** All partitions below this one ended longer ago than {@code keep}. */
    static long oldestKept(Connection connection, Duration keep) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(OLDEST_KEPT)) {
            statement.setLong(1, keep.toSeconds());
            return number(statement);
        }
    }

    static boolean isTrue(PreparedStatement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery()) {
            return row.next() && row.getBoolean(1);
        }
    }

    private static long number(PreparedStatement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }
}
