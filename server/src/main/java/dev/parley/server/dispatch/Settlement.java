package dev.parley.server.dispatch;

import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a thread's dispatch row: who holds the {@code fence} writes it.
 *
 * @param fence that the row must have
 * @param nextFence what it has afterwards
 * @param doneSeq the last place that is done with
 * @param pause after which the thread is looked at again
 * @param look whether the message at the head may be another one from now on, and is to be looked for
 * @param leased whether {@code pause} is a lease
 */
record Settlement(
        UUID organizationId,
        UUID threadId,
        long fence,
        long nextFence,
        long doneSeq,
        Duration pause,
        boolean look,
        boolean leased,
        int strikes,
        @Nullable PairBucket bucket) {}
