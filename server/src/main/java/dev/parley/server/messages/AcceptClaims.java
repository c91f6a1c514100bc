package dev.parley.server.messages;

import dev.parley.server.platform.db.CommitOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Claims messages in the transaction that accepts them, so that they go out by its commit and need no claim of their own. Safe for
 * use by many threads at once.
 */
@FunctionalInterface
public interface AcceptClaims {

    /** Leaves all messages to the claims of their accounts. */
    AcceptClaims NONE = () -> Batch.NOTHING;

    /** Begins the claims of one transaction; {@link Batch#NOTHING} where there will be none. */
    Batch begin();

    /** The claims of one transaction. Used by one thread. */
    interface Batch {

        /** Claims nothing. */
        Batch NOTHING = new Batch() {
            @Override
            public boolean any() {
                return false;
            }

            @Override
            public @Nullable Lease claim(Candidacy message) {
                return null;
            }

            @Override
            public void ended(CommitOutcome outcome) {}
        };

        /** Whether there may be some: else nothing is looked up for them. */
        default boolean any() {
            return true;
        }

        /** Claims a message whose thread has nothing else to send; null when it is left to the claims of its account. */
        @Nullable
        Lease claim(Candidacy message);

        /** What became of the transaction, once: what was claimed is sent if it was committed, and must not be if it was not. */
        void ended(CommitOutcome outcome);
    }

    /**
     * A message that is the next of its thread.
     *
     * @param account that sends it
     * @param seq its place in its thread
     * @param freeForm whether its channel's window holds for it
     * @param now the database's time
     */
    record Candidacy(Message message, UUID account, long seq, boolean freeForm, Idle thread, Instant now) {}

    /**
     * A thread that has nothing to send, as it stands under its lock.
     *
     * @param fence of the last claim
     * @param identifier of the candidate on its channel
     * @param accountVersion of the account that sends, which is connected
     * @param pairTokens what was left of the limit between account and candidate at {@code pairRefilledAt}; null for all of it
     * @param windowLeft how long free text may go out; not positive when it may not
     */
    record Idle(
            long fence,
            String identifier,
            int accountVersion,
            @Nullable Double pairTokens,
            @Nullable Instant pairRefilledAt,
            Duration windowLeft) {}

    /**
     * What is written of a claim.
     *
     * @param fence the thread's from now on
     * @param duration how long the thread is held
     * @param identifier where the message goes: the claim fails when it is the thread's no more, as it may have been read while
     *     the thread's lock was waited for
     * @param pairTokens what is left of the limit between account and candidate; null when there is none
     */
    record Lease(
            long fence,
            String identifier,
            Duration duration,
            @Nullable Double pairTokens,
            @Nullable Instant pairRefilledAt) {}
}
