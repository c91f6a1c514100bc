package dev.parley.server.platform.db;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What became of a transaction. Where its COMMIT got no answer it is asked for (PostgreSQL documentation, 9.27.9, pg_xact_status).
 */
public enum CommitOutcome {
    COMMITTED,
    /** It was not committed, and never will be. */
    ABORTED,
    /** It could not be learned. */
    UNKNOWN;

    private static final String INVALID_PARAMETER = "22023";

    /**
     * Asks until the transaction is no longer in progress, for so long at most. Unknown is also one that was committed, by the
     * number, where the number may have been given to another transaction since: after a crash of the database, and by a replica
     * that was promoted.
     *
     * @param transactionId what the transaction selected as {@link TransactionId#SQL}; null for unknown
     * @param begun when the transaction was not begun yet, of a monotonic clock, nanoseconds
     */
    static CommitOutcome ask(Database database, @Nullable String transactionId, long begun, Duration patience)
            throws InterruptedException {
        if (transactionId == null) {
            return UNKNOWN;
        }
        String[] parts = transactionId.split("/", 2);
        long end = System.nanoTime() + patience.toNanos();
        while (System.nanoTime() < end) {
            Asked asked = askOnce(database, parts[0]);
            switch (asked.status()) {
                case "committed" -> {
                    return asked.timeline().equals(parts[1]) && asked.upSince(begun) ? COMMITTED : UNKNOWN;
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
     * @param timeline another one than the transaction's when a replica was promoted since
     * @param up how long it has been there since it was last started, or recovered from a crash
     */
    private record Asked(String status, String timeline, Duration up) {

        Asked(String status) {
            this(status, "", Duration.ZERO);
        }

        /** A crash loses the ids of transactions of which nothing was on disk, and gives them to others afterwards. */
        boolean upSince(long begun) {
            return up.toNanos() > System.nanoTime() - begun;
        }
    }

    // Statistics are reset by the recovery from a crash, also when the postmaster stayed. A replica that is not
    // promoted yet refuses.
    private static final String ASK = """
            select coalesce(pg_xact_status(?::text::xid8), 'forgotten'), %s,
                   extract(epoch from clock_timestamp() - greatest(pg_postmaster_start_time(), (select stats_reset from pg_stat_wal)))
            """.formatted(TransactionId.TIMELINE);

    private static Asked askOnce(Database database, String number) {
        try {
            return database.call(connection -> {
                try (PreparedStatement statement = connection.prepareStatement(ASK)) {
                    statement.setString(1, number);
                    try (ResultSet row = statement.executeQuery()) {
                        row.next();
                        return new Asked(
                                row.getString(1), row.getString(2), Duration.ofNanos((long) (row.getDouble(3) * 1e9)));
                    }
                } catch (SQLException e) {
                    if (INVALID_PARAMETER.equals(e.getSQLState())) {
                        // The id is still to be given: the one that we had was lost in a crash.
                        return new Asked("aborted");
                    }
                    throw e;
                }
            });
        } catch (DatabaseException expected) {
            return new Asked("unreachable");
        }
    }
}
