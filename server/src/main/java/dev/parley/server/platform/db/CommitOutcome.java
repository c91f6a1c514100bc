package dev.parley.server.platform.db;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Whether a transaction whose COMMIT got no answer was committed (PostgreSQL documentation, 9.27.9, pg_xact_status). */
enum CommitOutcome {
    COMMITTED,
    ABORTED,
    UNKNOWN;

    private static final String INVALID_PARAMETER = "22023";

    /**
     * Asks until the transaction is no longer in progress, for so long at most.
     *
     * @param begun when the transaction was not begun yet, of a monotonic clock, nanoseconds
     */
    static CommitOutcome ask(Database database, @Nullable String transactionId, long begun, Duration patience)
            throws InterruptedException {
        if (transactionId == null) {
            return UNKNOWN;
        }
        long end = System.nanoTime() + patience.toNanos();
        while (System.nanoTime() < end) {
            Asked asked = askOnce(database, transactionId);
            switch (asked.status()) {
                case "committed" -> {
                    return asked.upSince(begun) ? COMMITTED : UNKNOWN;
                }
                case "aborted" -> {
                    return ABORTED;
                }
                case "forgotten" -> {
                    return UNKNOWN;
                }
                default -> TimeUnit.MILLISECONDS.sleep(50);
            }
        }
        return UNKNOWN;
    }

    /**
     * What the database said.
     *
     * @param up how long it has been there since it was last started, or recovered from a crash
     */
    private record Asked(String status, Duration up) {

        /**
         * A crash loses the ids of transactions of which nothing was on disk, and gives them to others afterwards: that one with
         * this id was committed says nothing then.
         */
        boolean upSince(long begun) {
            return up.toNanos() > System.nanoTime() - begun;
        }
    }

    // Statistics are reset by the recovery from a crash, also when the postmaster stayed.
    private static final String ASK = """
            select coalesce(pg_xact_status(?::text::xid8), 'forgotten'),
                   extract(epoch from clock_timestamp() - greatest(pg_postmaster_start_time(), (select stats_reset from pg_stat_wal)))
            """;

    private static Asked askOnce(Database database, String transactionId) {
        try {
            return database.call(connection -> {
                try (PreparedStatement statement = connection.prepareStatement(ASK)) {
                    statement.setString(1, transactionId);
                    try (ResultSet row = statement.executeQuery()) {
                        row.next();
                        return new Asked(row.getString(1), Duration.ofNanos((long) (row.getDouble(2) * 1e9)));
                    }
                } catch (SQLException e) {
                    if (INVALID_PARAMETER.equals(e.getSQLState())) {
                        // The id is still to be given: the one that we had was lost in a crash.
                        return new Asked("aborted", Duration.ZERO);
                    }
                    throw e;
                }
            });
        } catch (DatabaseException expected) {
            return new Asked("unreachable", Duration.ZERO);
        }
    }
}
