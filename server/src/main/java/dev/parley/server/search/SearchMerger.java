package dev.parley.server.search;

import dev.parley.server.platform.db.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Merges old segments, a batch of entries in a transaction. Each batch leaves the segments such that every search finds the same, and
 * what is to be done next is seen from them alone: it may be broken off anywhere, and another node goes on. A search is one statement,
 * so that it sees an entry either where it was or where it is. Safe for use by many threads and nodes at once.
 */
final class SearchMerger {

    private final Database database;
    private final int most;
    private final int full;
    private volatile long done = -1;

    /**
     * @param most entries of a batch
     * @param full entries of a segment that was not merged
     */
    SearchMerger(Database database, int most, int full) {
        this.database = database;
        this.most = most;
        this.full = full;
    }

    /** Moves a batch; 1 when more may be there. Costs one small question when no segment was opened since all was done. */
    int runOneCycle() {
        if (database.call(MergeStore::opened) == done) {
            return 0;
        }
        return database.transact(this::merge);
    }

    private int merge(Connection connection) throws SQLException {
        if (FollowStore.lockCursor(connection) < 0) {
            return 0;
        }
        long opened = MergeStore.opened(connection);
        for (MergeStore.Segments segments : MergeStore.moreThan(connection, Layers.KEPT)) {
            Optional<Layers.Step> step = Layers.next(segments.newestFirst(), full);
            if (step.isPresent()) {
                MergeStore.move(connection, segments.organizationId(), segments.type(), step.get(), most);
                return 1;
            }
        }
        done = opened;
        return 0;
    }
}
