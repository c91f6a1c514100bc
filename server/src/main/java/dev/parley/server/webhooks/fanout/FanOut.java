package dev.parley.server.webhooks.fanout;

import dev.parley.server.events.PositionStore;
import dev.parley.server.events.ReaderStore;
import dev.parley.server.events.feed.HorizonReader;
import dev.parley.server.platform.db.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Turns events into deliveries: reads on from the cursor up to the horizon, and inserts a delivery for each event and webhook
 * that wants it. The cursor moves in the same transaction, so nothing is left out and nothing comes twice, whatever dies. One
 * node at a time does it; the others' cycles find the cursor locked. Safe for use by many threads and nodes at once.
 */
public final class FanOut {

    /** Positions of one cycle. */
    static final int WINDOW = 4_000;

    private final Database database;
    private final HorizonReader horizon;
    private final Runnable deliveries;

    /** @param deliveries told after a commit that made some */
    public FanOut(Database database, HorizonReader horizon, Runnable deliveries) {
        this.database = database;
        this.horizon = horizon;
        this.deliveries = deliveries;
    }

    /** What a cycle came to. */
    private record Step(boolean moved, boolean told) {}

    /** Reads on once; positive when more may be there. */
    public int runOneCycle() throws InterruptedException {
        // An idle log costs one small question.
        if (!database.call(connection -> ReaderStore.WEBHOOKS.cursor(connection) < PositionStore.last(connection))) {
            return 0;
        }
        long end = horizon.find();
        Step step = database.transact(connection -> step(connection, end));
        if (step.told()) {
            deliveries.run();
        }
        return step.moved() ? 1 : 0;
    }

    private static Step step(Connection connection, long horizon) throws SQLException {
        long cursor = ReaderStore.WEBHOOKS.lockCursor(connection);
        if (cursor < 0 || cursor >= horizon) {
            return new Step(false, false);
        }
        if (!FanOutStore.anybodyListens(connection)) {
            ReaderStore.WEBHOOKS.moveCursor(connection, horizon);
            return new Step(true, false);
        }
        ReaderStore.readByRange(connection);
        long first = ReaderStore.nextEvent(connection, cursor, horizon, WINDOW);
        if (first < 0) {
            ReaderStore.WEBHOOKS.moveCursor(connection, horizon);
            return new Step(true, false);
        }
        long end = Math.min(horizon, first + WINDOW - 1);
        List<FanOutStore.Endpoint> endpoints = FanOutStore.insert(connection, first - 1, end);
        ReaderStore.readAsUsual(connection);
        FanOutStore.makeDue(connection, endpoints);
        ReaderStore.WEBHOOKS.moveCursor(connection, end);
        return new Step(true, !endpoints.isEmpty());
    }
}
