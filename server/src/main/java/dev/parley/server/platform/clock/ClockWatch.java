package dev.parley.server.platform.clock;

import dev.parley.server.platform.db.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that the database's clock has gone back, also by a fail-over to one that is late: what was to be done at a time before
 * that would wait longer by as much. It is recalled then, which is to be looked at again soon. Each node does so for all; once
 * more changes nothing. A clock that is slowed down instead is not noticed, and need not be. For one thread.
 */
public final class ClockWatch {

    /** Clocks are corrected by less than that all the time. */
    private static final Duration JUMP = Duration.ofSeconds(2);

    private static final Logger LOG = LoggerFactory.getLogger(ClockWatch.class);

    /** Recalls what waits, in transactions of its own. */
    @FunctionalInterface
    public interface Recall {
        void recall(Database database);
    }

    /** What the database's clock said, and when that was known here. */
    private record Seen(Instant time, long known) {}

    private final Database database;
    private final LongSupplier ticker;
    private final List<Recall> recalls;
    private @Nullable Seen before;

    /** @param ticker nanoseconds of a monotonic clock, which nobody sets */
    public ClockWatch(Database database, LongSupplier ticker, List<Recall> recalls) {
        this.database = database;
        this.ticker = ticker;
        this.recalls = List.copyOf(recalls);
    }

    /**
     * Compares the database's clock with what it was at the last cycle; whether it has gone back. When a recall fails, the next
     * cycle finds the same again.
     */
    public boolean runOneCycle() {
        long asked = ticker.getAsLong();
        Instant now = database.call(ClockStore::now);
        Seen seen = new Seen(now, ticker.getAsLong());
        Duration back = before == null ? Duration.ZERO : back(before, now, asked);
        boolean jumped = back.compareTo(JUMP) > 0;
        if (jumped) {
            LOG.warn(
                    "the database's clock went back by {} s; what waits for a time is looked at again",
                    back.toSeconds());
            recalls.forEach(recall -> recall.recall(database));
        }
        before = seen;
        return jumped;
    }

    /** By how much at least: the database was asked at some moment between {@code asked} and when its answer was known. */
    private static Duration back(Seen before, Instant now, long asked) {
        return Duration.ofNanos(asked - before.known()).minus(Duration.between(before.time(), now));
    }
}
