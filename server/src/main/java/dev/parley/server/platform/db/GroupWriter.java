package dev.parley.server.platform.db;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes rows of many callers in groups: one transaction and one commit for all that wait. No timer: while one group commits,
 * the next gathers. Each caller gets its own row's outcome. Safe for use by many threads at once; {@link #write} blocks.
 *
 * <p>A row that the database refuses fails alone: its group is halved until it is by itself. A group that another
 * transaction was in the way of is run again. When the outcome of a commit is not known it is asked for before anyone is
 * answered.
 */
public final class GroupWriter<I, O> implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(GroupWriter.class);

    private final FairQueue<I, O> queue;
    private final GroupRunner<I, O> runner;
    private final GroupPatience<I, O> patience;
    private final long pace;
    private final Thread writer;

    /**
     * @param name of the thread
     * @param exclusiveKeys what of an item may stand only once in a group
     */
    public GroupWriter(
            String name,
            Database database,
            GroupLimits limits,
            Function<I, List<Object>> exclusiveKeys,
            GroupStatement<I, O> statement) {
        this(name, database, limits, exclusiveKeys, statement, Duration.ZERO);
    }

    /**
     * As the other one, for rows whose writing nobody waits for.
     *
     * @param pace the least time between the beginnings of two groups, in which rows gather; a row that comes after a longer
     *     quiet time is written at once
     */
    public GroupWriter(
            String name,
            Database database,
            GroupLimits limits,
            Function<I, List<Object>> exclusiveKeys,
            GroupStatement<I, O> statement,
            Duration pace) {
        this.pace = pace.toNanos();
        this.queue = new FairQueue<>(limits, exclusiveKeys);
        this.runner = new GroupRunner<>(database, statement, limits.longestWait() == null);
        this.patience = new GroupPatience<>(name, queue, limits.longestWait());
        this.writer = Thread.ofPlatform().daemon().name(name).start(this::run);
    }

    /**
     * Holds places among the rows that wait, for rows that the caller writes itself: the same bounds hold for both. All are held, or
     * none; while one is left, so are all, thus at most {@code rows - 1} beyond the bound.
     */
    public Places hold(UUID organization, int rows) {
        return switch (queue.hold(organization, rows)) {
            case TAKEN -> new Places.Held(() -> queue.giveBack(organization, rows));
            case ORGANIZATION_FULL -> new Places.OrganizationFull();
            case FULL, CLOSED -> new Places.Full();
        };
    }

    /** How many rows wait, those that hold a place among them. */
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

    /** One row of many. */
    public record Row<I>(int bytes, I item) {}

    /**
     * Writes rows in their order and returns when the outcome of each is known, in the same order. They need not come into one
     * group.
     */
    public List<Written<O>> writeAll(UUID organization, List<Row<I>> rows) {
        List<Supplier<Written<O>>> waiting = new ArrayList<>(rows.size());
        for (Row<I> row : rows) {
            GroupEntry<I, O> entry = new GroupEntry<>(organization, row.bytes(), row.item(), System.nanoTime());
            waiting.add(
                    switch (queue.offer(entry)) {
                        case TAKEN -> () -> await(entry);
                        case ORGANIZATION_FULL -> Written.OrganizationFull::new;
                        case FULL, CLOSED -> Written.Overloaded::new;
                    });
        }
        return waiting.stream().map(Supplier::get).toList();
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
        List<GroupEntry<I, O>> group = List.of();
        try {
            for (group = queue.take(); !group.isEmpty(); group = queue.take()) {
                long begun = System.nanoTime();
                group = group.stream().filter(GroupEntry::take).toList();
                patience.begun(group);
                write(group);
                patience.done();
                group = List.of();
                queue.gather(begun + pace);
            }
        } catch (InterruptedException expected) {
            Thread.currentThread().interrupt();
        } finally {
            // However it ends, nobody waits for an answer that will not come.
            queue.close();
            patience.close();
            group.forEach(entry -> entry.written.complete(new Written.Unknown<>()));
            queue.rest().stream()
                    .filter(GroupEntry::take)
                    .forEach(entry -> entry.written.complete(new Written.Overloaded<>()));
        }
    }

    /** What goes wrong in a group ends with it: everybody else's rows come through the same thread. */
    private void write(List<GroupEntry<I, O>> group) throws InterruptedException {
        try {
            runner.write(group);
        } catch (RuntimeException | Error e) {
            LOG.error("a group was given up", e);
            group.forEach(entry -> entry.written.complete(new Written.Unknown<>()));
        }
    }

    /** Takes no more rows, writes those that wait, and ends. */
    @Override
    public void close() {
        queue.close();
        try {
            if (!writer.join(Duration.ofSeconds(10))) {
                writer.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
