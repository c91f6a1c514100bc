package dev.parley.server.platform.db;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A transaction after which something is done outside of the database that must be done if it was committed, and must not if it
 * was not. When the answer to COMMIT is lost, it is asked for. Safe for use by many threads at once.
 *
 * @param <T> what it gives
 */
public final class CertainTransaction<T> {

    private final Database database;
    private final SqlFunction<Done<T>> work;
    private final Function<T, @Nullable String> transactionId;
    private final Duration patience;

    /**
     * What the work gave before its commit.
     *
     * @param end what is still to be written, with the commit in the same round trip; null when a commit is all that is left
     */
    public record Done<T>(T result, Group.@Nullable End end) {

        /** Has written everything but the commit. */
        public Done(T result) {
            this(result, null);
        }
    }

    /**
     * What came of it.
     *
     * @param certain whether it was committed; else it could not be learned in time whether it was
     */
    public record Ended<T>(T result, boolean certain) {}

    /**
     * A transaction that can be run any number of times.
     *
     * @param work has no effect outside of the database
     * @param transactionId finds its {@link TransactionId} in what the work gave; null when nothing depends on the commit
     * @param patience how long is asked for a lost answer at most
     */
    public CertainTransaction(
            Database database,
            SqlFunction<Done<T>> work,
            Function<T, @Nullable String> transactionId,
            Duration patience) {
        this.database = database;
        this.work = work;
        this.transactionId = transactionId;
        this.patience = patience;
    }

    /**
     * Runs it, again when another was in its way.
     *
     * @throws DatabaseException when it was not committed
     */
    public Ended<T> run() {
        return Database.again(this::once);
    }

    private Ended<T> once() throws SQLException {
        long begun = System.nanoTime();
        Tried<T> tried;
        Connection connection = database.connection();
        try {
            tried = on(connection);
        } finally {
            Database.giveBack(connection);
        }
        SQLException lost = tried.lost();
        return switch (lost == null ? CommitOutcome.COMMITTED : outcome(tried.result(), begun)) {
            case COMMITTED -> new Ended<>(tried.result(), true);
            case UNKNOWN -> new Ended<>(tried.result(), false);
            case ABORTED -> throw Objects.requireNonNull(lost);
        };
    }

    /** @param lost why the answer to COMMIT did not come; null when it did */
    private record Tried<T>(T result, @Nullable SQLException lost) {}

    private Tried<T> on(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        boolean committing = false;
        try {
            Done<T> done = work.apply(connection);
            committing = true;
            return new Tried<>(done.result(), commit(connection, done.end()));
        } catch (SQLException | RuntimeException | Error e) {
            Database.rollBack(connection);
            throw e;
        } finally {
            database.ended(connection, committing);
        }
    }

    private static @Nullable SQLException commit(Connection connection, Group.@Nullable End end) throws SQLException {
        try {
            if (end == null) {
                connection.commit();
            } else if (!end.commit(connection)) {
                throw new SQLException("another transaction was in the way", "40001");
            }
            return null;
        } catch (SQLException e) {
            if (SqlFailure.of(e) == SqlFailure.UNREACHABLE) {
                return e;
            }
            throw e;
        }
    }

    private CommitOutcome outcome(T result, long begun) {
        try {
            return CommitOutcome.ask(database, transactionId.apply(result), begun, patience);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return CommitOutcome.UNKNOWN;
        }
    }
}
