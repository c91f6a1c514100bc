package dev.parley.server.callbacks;

import dev.parley.server.platform.db.Database;

/** Calls back parked statuses that match by now, and drops what was kept long enough: parked 24 hours, set aside 7 days. */
public final class CallbackSweep {

    private final Database database;

    public CallbackSweep(Database database) {
        this.database = database;
    }

    /**
     * Runs once.
     *
     * @return how many were dropped unmatched
     */
    public int runOneCycle() {
        return database.transact(connection -> {
            PendingStore.unpark(connection);
            return PendingStore.drop(connection);
        });
    }
}
