package dev.parley.server.events;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Who reads the log of all organizations to its end, and how far each has come. A reader moves its cursor in the transaction that
 * holds what it made of the events.
 */
public final class ReaderStore {

    /** Makes deliveries of them. */
    public static final ReaderStore WEBHOOKS = new ReaderStore("webhooks");

    /** Makes entries of what they tell of. */
    public static final ReaderStore SEARCH = new ReaderStore("search");

    private static final String CURSOR = "select position from event_readers where name = ?";

    private static final String FURTHEST = "select coalesce(max(position), 0) from event_readers";

    private static final String NEXT = "select min(position) from events where position > ? and position <= ?";

    // A range of positions is a few entries of events_position, whatever the planner believes of the newest ones.
    private static final String BY_RANGE =
            "set local plan_cache_mode = force_custom_plan; set local enable_seqscan = off";

    private static final String AS_USUAL = "set local plan_cache_mode to default; set local enable_seqscan to default";

    private final String reader;

    private ReaderStore(String reader) {
        this.reader = reader;
    }

    /** Up to where the log was read. */
    public long cursor(Connection connection) throws SQLException {
        return cursor(connection, CURSOR);
    }

    /** The same, locked until the transaction ends; -1 when another is at it. */
    public long lockCursor(Connection connection) throws SQLException {
        return cursor(connection, CURSOR + " for update skip locked");
    }

    /** Up to where any reader has come: a horizon that somebody once found, on whatever node. */
    public static long furthest(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FURTHEST)) {
            return number(statement);
        }
    }

    private long cursor(Connection connection, String query) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, reader);
            return number(statement);
        }
    }

    /** The log was read up to there. */
    public void moveCursor(Connection connection, long position) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("update event_readers set position = ? where name = ?")) {
            statement.setLong(1, position);
            statement.setString(2, reader);
            statement.executeUpdate();
        }
    }

    /** Has what follows in the transaction read the log by its index, and be planned at each call. */
    public static void readByRange(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(BY_RANGE);
        }
    }

    /** Ends that: what follows keeps its plans, as usual. */
    public static void readAsUsual(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(AS_USUAL);
        }
    }

    /** The first event behind a position; -1 when there is none up to the horizon. Looks at one window first. */
    public static long nextEvent(Connection connection, long after, long horizon, int window) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(NEXT)) {
            statement.setLong(1, after);
            statement.setLong(2, Math.min(horizon, after + window));
            long near = number(statement);
            if (near >= 0) {
                return near;
            }
            // The daily cut leaves a gap of a whole partition.
            statement.setLong(2, horizon);
            return number(statement);
        }
    }

    private static long number(PreparedStatement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery()) {
            if (!row.next()) {
                return -1;
            }
            long number = row.getLong(1);
            return row.wasNull() ? -1 : number;
        }
    }
}
