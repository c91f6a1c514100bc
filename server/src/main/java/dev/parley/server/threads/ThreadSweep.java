package dev.parley.server.threads;

import dev.parley.server.messages.DutyListener;
import dev.parley.server.platform.db.Database;
import dev.parley.server.threads.MergeListStore.Pair;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;

/**
 * Finishes, in chunks, what was begun with threads: merges those that turned out to be one person's, moves the history of
 * merged ones, removes that of deleted ones, and lets go of removed channel accounts. Any number of nodes may run it at once.
 */
public final class ThreadSweep {

    private static final int MOST = 100;

    private final Database database;
    private final InstantSource clock;
    private final DutyListener listener;

    /**
     * @param listener is told of the account of a thread that has work after a merge
     */
    public ThreadSweep(Database database, InstantSource clock, DutyListener listener) {
        this.database = database;
        this.clock = clock;
        this.listener = listener;
    }

    /** Does what can be done now; how many merges are left, because an attempt is under way or there are too many. */
    public int runOneCycle() {
        List<Pair> pairs = database.call(connection -> MergeListStore.list(connection, MOST));
        int left = 0;
        for (Pair pair : pairs) {
            left += merge(pair) ? 0 : 1;
        }
        for (ThreadKey thread : database.call(connection -> EmptyingStore.list(connection, MOST))) {
            empty(thread);
        }
        release();
        return left;
    }

    private boolean merge(Pair pair) {
        Instant now = clock.instant();
        Merge.Outcome outcome = database.transact(connection -> Merge.run(connection, pair, now));
        if (outcome instanceof Merge.Outcome.Merged(UUID woken) && woken != null) {
            listener.hasWork(pair.organizationId(), woken);
        }
        return !(outcome instanceof Merge.Outcome.Postponed);
    }

    /** Moves or removes the messages of a thread that is gone, to the last. */
    void empty(ThreadKey thread) {
        while (database.transact(connection -> chunk(connection, thread))) {}
    }

    /** Removed accounts that very many threads may name. */
    private void release() {
        while (database.transact(connection -> ThreadAccounts.goOn(connection, clock.instant()))) {}
    }

    private boolean chunk(Connection connection, ThreadKey thread) throws SQLException {
        return EmptyingStore.chunk(connection, thread, clock.instant());
    }
}
