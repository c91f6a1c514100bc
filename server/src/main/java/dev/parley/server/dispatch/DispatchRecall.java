package dev.parley.server.dispatch;

import dev.parley.server.platform.clock.ClockWatch;
import dev.parley.server.platform.db.Database;
import java.time.Duration;
import java.util.Optional;

/**
 * After the database's clock went back: threads that wait are looked at, and wait again where they have to; a lease lasts no
 * longer than one that begins now, a doubt likewise. Neither ends sooner than it would have.
 */
public final class DispatchRecall implements ClockWatch.Recall {

    /** So that a backlog of a million is not one statement. */
    private static final int CHUNK = 10_000;

    private final Duration lease;
    private final Duration doubtWait;
    private final int chunk;

    /**
     * @param lease how long a claim lasts
     * @param doubtWait how long evidence is waited for
     */
    public DispatchRecall(Duration lease, Duration doubtWait) {
        this(lease, doubtWait, CHUNK);
    }

    DispatchRecall(Duration lease, Duration doubtWait, int chunk) {
        this.lease = lease;
        this.doubtWait = doubtWait;
        this.chunk = chunk;
    }

    @Override
    public void recall(Database database) {
        database.transact(connection -> RecallStore.doubts(connection, doubtWait));
        Optional<ThreadKey> last = Optional.of(ThreadKey.FIRST);
        while (last.isPresent()) {
            ThreadKey after = last.get();
            last = database.transact(connection -> RecallStore.threads(connection, after, chunk, lease));
        }
        database.transact(RecallStore::receipts);
    }
}
