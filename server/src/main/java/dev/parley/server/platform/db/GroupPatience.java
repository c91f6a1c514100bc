package dev.parley.server.platform.db;

import java.time.Duration;
import java.util.List;
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
    private volatile @Nullable Writing<I, O> writing;

    private record Writing<I, O>(List<GroupEntry<I, O>> group, long since) {}

    /** @param longestWait until a row is in a group; null for a writer that never gives up */
    GroupPatience(String name, FairQueue<I, O> queue, @Nullable Duration longestWait) {
        this.queue = queue;
        if (longestWait != null) {
            Thread.ofPlatform().daemon().name(name + "-patience").start(() -> run(longestWait.toNanos()));
        }
    }

    /** The writer begins with these. */
    void begun(List<GroupEntry<I, O>> group) {
        writing = new Writing<>(group, System.nanoTime());
    }

    /** They have their outcomes. */
    void done() {
        writing = null;
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
        Writing<I, O> current = writing;
        if (current != null && now - current.since() > LONGEST_WRITE.toNanos()) {
            current.group().forEach(entry -> entry.written.complete(new Written.Unknown<>()));
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
