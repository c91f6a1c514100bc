package dev.parley.server.platform.db;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Writes rows of many callers in groups: one transaction and one flush for all that wait. No timer: while one group is
 * written, the next gathers. Each caller gets its own row's outcome. Safe for use by many threads at once; {@link #write}
 * blocks.
 *
 * <p>Statements of one group run at a time. A writer of two threads runs the next group's while the one before is flushed, so
 * that database and disk both have work; groups may then be committed in another order than they were written in.
 *
 * <p>A row that the database refuses fails alone: its group is halved until it is by itself. A group that another
 * transaction was in the way of is run again. When the outcome of a commit is not known it is asked for before anyone is
 * answered.
 */
public final class GroupWriter<I, O> implements AutoCloseable {

    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(10);

    private final FairQueue<I, O> queue;
    private final GroupRunner<I, O> runner;
    private final GroupPatience<I, O> patience;
    /** Held while a group gathers and its statements run. */
    private final Semaphore turn = new Semaphore(1);

    private final List<Thread> writers;

    /**
     * @param name of the threads
     * @param threads 1, or 2 to write one group while another is flushed
     * @param exclusiveKeys what of an item may stand only once in a group
     */
    public GroupWriter(
            String name,
            int threads,
            Database database,
            GroupLimits limits,
            Function<I, List<Object>> exclusiveKeys,
            GroupStatement<I, O> statement) {
        this.queue = new FairQueue<>(limits, exclusiveKeys);
        this.runner = new GroupRunner<>(database, statement, limits.longestWait() == null);
        this.patience = new GroupPatience<>(name, queue, limits.longestWait());
        this.writers = IntStream.range(0, threads)
                .mapToObj(i -> Thread.ofPlatform().daemon().name(name + "-" + i).start(this::run))
                .toList();
    }

    /** How many rows wait. */
    public int queued() {
        return queue.size();
    }

    /**
     * Writes one row and returns when its outcome is known.
     *
     * @param organization whose row it is; each has a turn in every group
     * @param bytes about how large it is
     */
    public Written<O> write(UUID organization, int bytes, I item) {
        GroupEntry<I, O> entry = new GroupEntry<>(organization, bytes, item, System.nanoTime());
        return switch (queue.offer(entry)) {
            case TAKEN -> await(entry);
            case ORGANIZATION_FULL -> new Written.OrganizationFull<>();
            case FULL, CLOSED -> new Written.Overloaded<>();
        };
    }

    /** Without a time limit of its own: {@link GroupPatience} ends it. One timer a row costs more than the wait. */
    private Written<O> await(GroupEntry<I, O> entry) {
        try {
            return entry.written.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return entry.take() ? new Written.Overloaded<>() : new Written.Unknown<>();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a group's outcome is never exceptional", e);
        }
    }

    private void run() {
        try {
            while (writeNext()) {
                // until closed
            }
        } catch (InterruptedException expected) {
            Thread.currentThread().interrupt();
        } finally {
            // However it ends, nobody waits for an answer that will not come.
            queue.close();
            patience.close();
            queue.rest().stream()
                    .filter(GroupEntry::take)
                    .forEach(entry -> entry.written.complete(new Written.Overloaded<>()));
        }
    }

    /** Writes the next group; false once closed and drained. */
    private boolean writeNext() throws InterruptedException {
        turn.acquire();
        Runnable passed = passOnce();
        List<GroupEntry<I, O>> group = List.of();
        boolean through = false;
        try {
            List<GroupEntry<I, O>> taken = queue.take();
            if (taken.isEmpty()) {
                return false;
            }
            group = taken.stream().filter(GroupEntry::take).toList();
            patience.begun(group);
            runner.write(group, passed);
            through = true;
            return true;
        } finally {
            if (!through) {
                queue.close();
            }
            passed.run();
            patience.done(group);
            group.forEach(entry -> entry.written.complete(new Written.Unknown<>()));
        }
    }

    /** Lets the next group's statements run; does nothing the second time. */
    private Runnable passOnce() {
        AtomicBoolean passed = new AtomicBoolean();
        return () -> {
            if (passed.compareAndSet(false, true)) {
                turn.release();
            }
        };
    }

    /** Takes no more rows, writes those that wait, and ends. */
    @Override
    public void close() {
        queue.close();
        long end = System.nanoTime() + LONGEST_CLOSE.toNanos();
        try {
            for (Thread writer : writers) {
                if (!writer.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())))) {
                    writer.interrupt();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
