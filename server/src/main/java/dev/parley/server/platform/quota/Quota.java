package dev.parley.server.platform.quota;

import dev.parley.server.platform.db.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The most that each organization may have of something. What there is is read now and then, for the organizations that asked
 * lately; what this node added since is known. So nothing is asked of the database for the work itself, and an organization has at
 * most its quota and what the other nodes add between two readings. Safe for use by many threads at once; cycles are run by one.
 */
public final class Quota {

    /** Reading takes at most this share of one connection's time. */
    private static final int REST_FACTOR = 20;

    /** An organization that did not ask for so many readings is forgotten. */
    private static final int IDLE = 60;

    /** Without a reading for so long the quota is not held: better too much than nothing at all. */
    private static final long STALE_NANOS = 60_000_000_000L;

    private final long limit;
    private final Reading reading;
    private final Database database;
    private final LongSupplier ticker;
    private final Map<UUID, Count> counts = new ConcurrentHashMap<>();
    private final AtomicLong refused = new AtomicLong();
    private volatile long readAt;
    private long nextAt;

    /** Counts what there is. */
    @FunctionalInterface
    public interface Reading {

        /**
         * How much each of these organizations has; one that is missing has nothing.
         *
         * @param most beyond which it need not be counted
         */
        Map<UUID, Long> read(Connection connection, Collection<UUID> organizations, long most) throws SQLException;
    }

    /**
     * One organization.
     *
     * @param found by the last reading
     * @param added on this node since that began
     * @param asked for by work that is under way
     * @param idle readings since it last asked
     */
    private record Count(long found, long added, long asked, int idle) {

        private static final Count NONE = new Count(0, 0, 0, 0);

        long all() {
            return found + added + asked;
        }
    }

    /**
     * A quota.
     *
     * @param limit the most of each organization; 0 for any amount
     * @param ticker nanoseconds of a clock that only goes forward, such as {@link System#nanoTime}
     */
    public Quota(Database database, long limit, Reading reading, LongSupplier ticker) {
        this.database = database;
        this.limit = limit;
        this.reading = reading;
        this.ticker = ticker;
        this.readAt = ticker.getAsLong();
        this.nextAt = readAt;
    }

    /** Any amount for everybody. */
    public static Quota none(Database database) {
        return new Quota(database, 0, (connection, organizations, most) -> Map.of(), () -> 0);
    }

    /** The most of each organization; 0 for any amount. */
    public long limit() {
        return limit;
    }

    /** Asks for some more; when it is granted, {@link #settle} must follow. */
    public boolean take(UUID organization, long amount) {
        if (limit == 0) {
            return true;
        }
        boolean held = ticker.getAsLong() - readAt < STALE_NANOS;
        boolean[] granted = {false};
        counts.compute(organization, (id, known) -> {
            Count count = known == null ? Count.NONE : known;
            granted[0] = !held || count.all() + amount <= limit;
            return new Count(count.found, count.added, count.asked + (granted[0] ? amount : 0), 0);
        });
        if (!granted[0]) {
            refused.incrementAndGet();
        }
        return granted[0];
    }

    /**
     * What became of what was granted.
     *
     * @param added the part that is there now
     */
    public void settle(UUID organization, long amount, long added) {
        if (limit != 0) {
            counts.computeIfPresent(
                    organization,
                    (id, count) -> new Count(count.found, count.added + added, count.asked - amount, count.idle));
        }
    }

    /** Reads once, unless reading was so slow lately that it is to rest. */
    public int runOneCycle() {
        long start = ticker.getAsLong();
        if (limit == 0 || nextAt - start > 0) {
            return 0;
        }
        Map<UUID, Long> before = new HashMap<>();
        counts.forEach((organization, count) -> before.put(organization, count.added));
        Map<UUID, Long> found = before.isEmpty()
                ? Map.of()
                : database.call(connection -> reading.read(connection, List.copyOf(before.keySet()), limit));
        before.forEach((organization, seen) ->
                counts.computeIfPresent(organization, (id, count) -> read(count, found.getOrDefault(id, 0L), seen)));
        long end = ticker.getAsLong();
        readAt = end;
        nextAt = end + (end - start) * REST_FACTOR;
        return 0;
    }

    private static @Nullable Count read(Count count, long found, long seen) {
        if (count.idle >= IDLE && count.asked == 0) {
            return null;
        }
        return new Count(found, count.added - seen, count.asked, count.idle + 1);
    }

    /** How often something was refused. */
    public long refused() {
        return refused.get();
    }

    /** The largest part of its quota that any organization has that asked lately; 0 without a quota. */
    public double fullest() {
        return limit == 0
                ? 0
                : counts.values().stream().mapToLong(Count::all).max().orElse(0) / (double) limit;
    }
}
