package dev.parley.server.dispatch;

import dev.parley.server.platform.notify.NotifyStore;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;

/** The rows by which nodes know of each other. */
final class NodeStore {

    private static final String BEAT = """
            insert into nodes (id, started_at, seen_at) values (?, parley_now(), parley_now())
            on conflict (id) do update set seen_at = excluded.seen_at
            """;
    private static final String SEEN_LATELY = "seen_at > parley_now() - interval '30 seconds'";
    private static final String HEARS = "select exists (select from nodes where id = ? and " + SEEN_LATELY + ")";
    // A node that was killed has no session any more, long before its row is old.
    private static final String ANY_HEARS = "select exists (select from nodes n where " + SEEN_LATELY
            + " and (n.id = ? or " + NotifyStore.lives("n.id") + "))";
    private static final String EXTEND = """
            update messages set doubt_until = parley_now() + ? * interval '1 millisecond'
            where phase in ('doubt', 'hold') and doubt_until < parley_now() + ? * interval '1 millisecond'
            """;
    private static final String REMOVE = "delete from nodes where id = ?";
    private static final String FORGET = "delete from nodes where seen_at < parley_now() - interval '1 day'";

    private NodeStore() {}

    /** Whether this node has reached the database lately, and so could hear. */
    static boolean hears(Connection connection, UUID node) throws SQLException {
        return ask(connection, HEARS, node);
    }

    /** The same of this node or any other one that lives. */
    static boolean anyHears(Connection connection, UUID node) throws SQLException {
        return ask(connection, ANY_HEARS, node);
    }

    private static boolean ask(Connection connection, String sql, UUID node) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, node);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    /** Grants every doubt the whole wait from now on, also those whose messages are sent once more after it. */
    static void extendDoubts(Connection connection, Duration doubtWait) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(EXTEND)) {
            statement.setLong(1, doubtWait.toMillis());
            statement.setLong(2, doubtWait.toMillis());
            statement.executeUpdate();
        }
    }

    static void beat(Connection connection, UUID node) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(BEAT)) {
            statement.setObject(1, node);
            statement.executeUpdate();
        }
    }

    static void remove(Connection connection, UUID node) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(REMOVE)) {
            statement.setObject(1, node);
            statement.executeUpdate();
        }
    }

    /** Forgets nodes that were not seen for a day. */
    static void forget(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FORGET)) {
            statement.executeUpdate();
        }
    }
}
