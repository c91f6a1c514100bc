package dev.parley.server.retention;

import dev.parley.server.platform.db.Database;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Walks round and round through a table's pages and deletes what expired. A cycle does a part of a large table, in
 * transactions of a megabyte of pages each, and the next goes on from there. It costs the statements that fill the table
 * nothing: no index by age is needed, and pages that hold only deleted rows are read once a round, not once a transaction.
 * Not safe for use by several threads at once.
 */
final class PageWalk {

    static final int CHUNK = 128;
    private static final int LEAST_PER_CYCLE = 4096;
    /** A round takes this many cycles at most, however large the table is. */
    private static final int CYCLES_PER_ROUND = 720;

    private final Database database;
    private final ExpiryStore table;
    private final Duration keep;
    private final RandomGenerator random;
    private long at = -1;

    PageWalk(Database database, ExpiryStore table, Duration keep, RandomGenerator random) {
        this.database = database;
        this.table = table;
        this.keep = keep;
        this.random = random;
    }

    /** Walks one part; how many rows were deleted. */
    int runOneCycle() throws InterruptedException {
        long pages = database.call(table::pages);
        if (pages == 0) {
            return 0;
        }
        // Somewhere at first: nodes that are often restarted would never get beyond the beginning.
        at = at < 0 ? random.nextLong(pages) : at % pages;
        long left = Math.min(pages, Math.max(LEAST_PER_CYCLE, pages / CYCLES_PER_ROUND));
        int deleted = 0;
        while (left > 0) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            long first = at;
            long end = Math.min(pages, first + Math.min(CHUNK, left));
            deleted += database.transact(connection -> table.delete(connection, first, end, keep));
            left -= end - first;
            at = end % pages;
        }
        return deleted;
    }
}
