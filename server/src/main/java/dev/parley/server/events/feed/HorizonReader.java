package dev.parley.server.events.feed;

import dev.parley.server.events.Horizon;
import dev.parley.server.events.ReaderStore;
import dev.parley.server.platform.db.Database;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

/** Finds the horizon for many readers at once: those who wait for a look share the next one. Safe for use by many threads. */
public final class HorizonReader {

    private final Database database;
    private final Duration patience;
    private final ReentrantLock looking = new ReentrantLock();
    private long begun = System.nanoTime() - 1;
    private long known;

    /** @param patience how long a transaction under way is waited for */
    public HorizonReader(Database database, Duration patience) {
        this.database = database;
        this.patience = patience;
    }

    /**
     * A horizon that covers everything that was committed before the call; while a transaction that may have taken a position
     * is under way for longer than one waits, the last that was found here or that the log's readers have come to. So a node
     * that was just started does not take a log for empty.
     */
    public long find() throws InterruptedException {
        long asked = System.nanoTime();
        looking.lockInterruptibly();
        try {
            if (begun - asked <= 0) {
                begun = System.nanoTime();
                long found = Horizon.find(database, patience);
                known = Math.max(known, found >= 0 ? found : database.call(ReaderStore::furthest));
            }
            return known;
        } finally {
            looking.unlock();
        }
    }
}
