package dev.parley.server.platform.db;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a group's statement said, before its commit.
 *
 * @param transactionId {@code pg_current_xact_id()}, asked for when the outcome of the commit is not known; null when the
 *     transaction wrote nothing
 * @param outcomes one for each item, in order; null when the group must be run again from the start because another
 *     transaction was in the way
 */
public record Group<O>(
        @Nullable String transactionId, @Nullable List<O> outcomes) {

    /** The group is rolled back and run again. */
    public static <O> Group<O> again() {
        return new Group<>(null, null);
    }
}
