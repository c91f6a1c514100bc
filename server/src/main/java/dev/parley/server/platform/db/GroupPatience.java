package dev.parley.server.platform.db;

import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Ends the waiting of rows that waited too long, for all of a writer at once: rows that get into no group within the limit,
 * and a group whose outcome does not come. Looks twenty times within the limit, so a row waits a twentieth longer at most.
 * A writer without a limit has none of this.
 */
final class GroupPatience<I, O> implements AutoCloseable {

    /** Longest time that a statement, its commit and the question after it can take. */
    private static final Duration LONGEST_WRITE = Duration.ofMinutes(2);

    private static final int LOOKS = 20;

    private final FairQueue<I, O> queue;
    private final CountDownLatch closed = new CountDownLatch(1);
    /** Groups that are being written. */
    private final Map<List<GroupEntry<I, O>>, Long> writing = Collections.synchronizedMap(new IdentityHashMap<>());

    /** @param longestWait until a row is in a group; null for a writer that never gives up */
    GroupPatience(String name, FairQueue<I, O> queue, @Nullable Duration longestWait) {
        this.queue = queue;
        if (longestWait != null) {
            Thread.ofPlatform().daemon().name(name + "-patience").start(() -> run(longestWait.toNanos()));
        }
    }

    /** A writer begins with these. */
    void begun(List<GroupEntry<I, O>> group) {
        writing.put(group, System.nanoTime());
    }

    /** They have their outcomes. */
    void done(List<GroupEntry<I, O>> group) {
        writing.remove(group);
    }

    private void run(long limit) {
        long pause = Math.max(limit / LOOKS, TimeUnit.MILLISECONDS.toNanos(1));
        try {
            while (!closed.await(pause, TimeUnit.NANOSECONDS)) {
                look(System.nanoTime(), limit);
            }
        } catch (InterruptedException expected) {
            Thread.currentThread().interrupt();
        }
    }

    private void look(long now, long limit) {
        queue.waitingSince(now - limit).stream()
                .filter(GroupEntry::take)
                .forEach(entry -> entry.written.complete(new Written.Overloaded<>()));
        synchronized (writing) {
            writing.forEach((group, since) -> {
                if (now - since > LONGEST_WRITE.toNanos()) {
                    group.forEach(entry -> entry.written.complete(new Written.Unknown<>()));
                }
            });
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
