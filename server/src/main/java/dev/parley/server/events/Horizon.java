package dev.parley.server.events;

import dev.parley.server.platform.db.Database;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How far the event log may be read. Positions are taken before their transactions commit, so a later position can be seen
 * before an earlier one; up to the horizon every position that will ever be seen is there.
 *
 * <p>The last position S is read; then, in a later statement, X is the id of a short transaction of the reader's own. Every
 * transaction that took a position up to S had its id by then, so it is below X. As soon as no transaction below X is in
 * progress, S is the horizon, for snapshots taken after that.
 */
public final class Horizon {

    private Horizon() {}

    /**
     * The newest horizon that can be had within {@code patience}.
     *
     * @return the last position that may be read, or {@code -1} when a transaction that may have taken a position is still
     *     under way
     */
    public static long find(Database database, Duration patience) throws InterruptedException {
        long last = database.call(PositionStore::last);
        // A transaction of its own: auto-commit ends it with the statement.
        long mark = database.call(connection -> number(connection, "select pg_current_xact_id()::text::bigint"));
        long end = System.nanoTime() + patience.toNanos();
        do {
            long oldest = database.call(
                    connection -> number(connection, "select pg_snapshot_xmin(pg_current_snapshot())::text::bigint"));
            if (oldest >= mark) {
                return last;
            }
            TimeUnit.MILLISECONDS.sleep(2);
        } while (System.nanoTime() < end);
        return -1;
    }

    private static long number(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }
}
