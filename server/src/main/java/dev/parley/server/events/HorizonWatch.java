package dev.parley.server.events;

import dev.parley.server.platform.db.Database;
import java.time.Duration;

/** Watches how far the horizon lies behind. Used by one thread at a time. */
public final class HorizonWatch {

    private static final Duration PATIENCE = Duration.ofMillis(200);

    private final Database database;
    private long horizon;
    private long reachedAt = System.nanoTime();

    /**
     * What was seen.
     *
     * @param position the last one taken
     * @param horizon the last one that is known to be readable
     * @param lag since when everything up to the last position has not been readable
     */
    public record Seen(long position, long horizon, Duration lag) {}

    public HorizonWatch(Database database) {
        this.database = database;
    }

    /** Looks once; waits for a transaction under way for 200 ms at most. */
    public Seen look() throws InterruptedException {
        long asked = System.nanoTime();
        long position = database.call(PositionStore::last);
        long found = Horizon.find(database, PATIENCE);
        if (found >= 0) {
            horizon = found;
            reachedAt = asked;
        }
        Duration lag = found >= 0 ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - reachedAt);
        return new Seen(Math.max(position, horizon), horizon, lag);
    }
}
