package dev.parley.server.callbacks;

import dev.parley.server.platform.db.Database;
import java.time.Duration;

/** Calls back parked statuses that match by now and what an account has the key for by now, and drops what was kept long enough. */
public final class CallbackSweep {

    private final Database database;
    private final Duration parked;
    private final Duration raw;

    /**
     * @param parked how long a status that matches nothing is kept
     * @param raw how long an update that was set aside is kept
     */
    public CallbackSweep(Database database, Duration parked, Duration raw) {
        this.database = database;
        this.parked = parked;
        this.raw = raw;
    }

    /**
     * Runs once.
     *
     * @return how many were dropped unmatched
     */
    public int runOneCycle() {
        return database.transact(connection -> {
            PendingStore.unpark(connection);
            PendingStore.route(connection);
            return PendingStore.drop(connection, parked, raw);
        });
    }
}
