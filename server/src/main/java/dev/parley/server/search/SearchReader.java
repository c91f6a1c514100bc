package dev.parley.server.search;

import dev.parley.server.events.PositionStore;
import dev.parley.server.events.ReaderStore;
import dev.parley.server.events.feed.HorizonReader;
import dev.parley.server.platform.db.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Keeps the entries of the search as the event log says: reads on from the cursor up to the horizon, and makes the entries of
 * what changed, of the rows as they are now. The cursor moves in the same transaction. What was there before the search was is
 * taken along, a batch at a time, and old segments are merged when there is little else to do. One node at a time does it; the
 * others' cycles find the cursor locked. Safe for use by many threads and nodes at once.
 */
public final class SearchReader {

    /** Positions of one transaction: erasing waits for one. A message has four events, one of which is about its words. */
    static final int WINDOW = 4_000;

    /** Resources of one transaction, where they are counted. */
    private static final int BATCH = 1_000;

    /** Transactions of one cycle, cycles having a pace. */
    private static final int MOST_WINDOWS = 50;

    /** Entries of a segment. */
    static final int FULL = 16_384;

    private final Database database;
    private final HorizonReader horizon;
    private final int window;
    private final int batch;
    private final int full;
    private final SearchMerger merger;

    /** A reader of the log. */
    public SearchReader(Database database, HorizonReader horizon) {
        this(database, horizon, WINDOW, FULL);
    }

    SearchReader(Database database, HorizonReader horizon, int window, int full) {
        this.database = database;
        this.horizon = horizon;
        this.window = window;
        this.full = full;
        this.batch = Math.min(window, BATCH);
        this.merger = new SearchMerger(database, batch, full);
    }

    /**
     * Reads on once, and takes one batch of what was there before; positive when more may be there. Where that is nothing, and no
     * more than a window was new, it merges a batch of old entries.
     */
    public int runOneCycle() throws InterruptedException {
        int windows = follow();
        int more = Math.min(windows, 1) + backfill();
        return windows <= 1 && more == windows ? more + merger.runOneCycle() : more;
    }

    /** Windows that were read. */
    private int follow() throws InterruptedException {
        // An idle log costs one small question.
        if (!database.call(connection -> ReaderStore.SEARCH.cursor(connection) < PositionStore.last(connection))) {
            return 0;
        }
        long end = horizon.find();
        int windows = 0;
        while (windows < MOST_WINDOWS && database.transact(connection -> follow(connection, end))) {
            windows++;
        }
        return windows;
    }

    private boolean follow(Connection connection, long last) throws SQLException {
        long cursor = FollowStore.lockCursor(connection);
        if (cursor < 0 || cursor >= last) {
            return false;
        }
        long first = FollowStore.nextEvent(connection, cursor, last, window);
        if (first < 0) {
            ReaderStore.SEARCH.moveCursor(connection, last);
            return true;
        }
        long end = Math.min(last, first + window - 1);
        List<Changed> changed = FollowStore.changed(connection, first - 1, end);
        Indexing.run(connection, changed, EntryStore.Side.NEWER, full);
        ReaderStore.SEARCH.moveCursor(connection, end);
        return true;
    }

    private int backfill() {
        if (database.call(connection -> BackfillStore.next(connection) == null)) {
            return 0;
        }
        return database.transact(connection -> {
            BackfillStore.Left left = FollowStore.lockCursor(connection) < 0 ? null : BackfillStore.next(connection);
            if (left == null) {
                return 0;
            }
            List<Changed> taken = BackfillStore.take(connection, left, batch);
            Indexing.run(connection, taken, EntryStore.Side.OLDER, full);
            return 1;
        });
    }
}
