package dev.parley.server.platform.db;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Whether a transaction whose COMMIT got no answer was committed (PostgreSQL documentation, 9.27.9, pg_xact_status). */
enum CommitOutcome {
    COMMITTED,
    ABORTED,
    UNKNOWN;

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Asks until the transaction is no longer in progress, for ten seconds at most. */
    static CommitOutcome ask(Database database, @Nullable String transactionId) throws InterruptedException {
        if (transactionId == null) {
            return UNKNOWN;
        }
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            String status = askOnce(database, transactionId);
            if ("committed".equals(status)) {
                return COMMITTED;
            }
            if ("aborted".equals(status)) {
                return ABORTED;
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        return UNKNOWN;
    }

    private static String askOnce(Database database, String transactionId) {
        try {
            return database.call(connection -> {
                try (PreparedStatement statement =
                        connection.prepareStatement("select coalesce(pg_xact_status(?::text::xid8), 'forgotten')")) {
                    statement.setString(1, transactionId);
                    try (ResultSet row = statement.executeQuery()) {
                        row.next();
                        return row.getString(1);
                    }
                }
            });
        } catch (DatabaseException expected) {
            return "unreachable";
        }
    }
}
