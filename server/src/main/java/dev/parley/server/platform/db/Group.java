package dev.parley.server.platform.db;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a group's statement said, before its commit.
 *
 * @param transactionId its {@link TransactionId}, asked for when the outcome of the commit is not known; null when the
 *     transaction wrote nothing
 * @param outcomes one for each item, in order; null when the group must be run again from the start because another
 *     transaction was in the way
 * @param end what is still to be written, with the commit in the same round trip; null when a commit is all that is left
 * @param ended told once what became of it, in the writer's thread; null when nobody asks
 */
public record Group<O>(
        @Nullable String transactionId,
        @Nullable List<O> outcomes,
        @Nullable End end,
        @Nullable Consumer<CommitOutcome> ended) {

    /** Has written everything but the commit. */
    public Group(@Nullable String transactionId, @Nullable List<O> outcomes) {
        this(transactionId, outcomes, null, null);
    }

    /** Writes the rest with the commit. */
    public Group(@Nullable String transactionId, @Nullable List<O> outcomes, @Nullable End end) {
        this(transactionId, outcomes, end, null);
    }

    void tell(CommitOutcome outcome) {
        if (ended != null) {
            ended.accept(outcome);
        }
    }

    /** The group is rolled back and run again. */
    public static <O> Group<O> again() {
        return new Group<>(null, null);
    }

    /** The last statements of a group, {@code commit} being the last of them. */
    @FunctionalInterface
    public interface End {

        /** @return false when another transaction was in the way: then nothing was committed, and the group is to be run again */
        boolean commit(Connection connection) throws SQLException;
    }
}
