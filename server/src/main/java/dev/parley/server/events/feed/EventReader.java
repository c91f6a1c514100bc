package dev.parley.server.events.feed;

import dev.parley.server.events.PositionStore;
import dev.parley.server.events.feed.EventReadStore.Step;
import dev.parley.server.platform.db.Database;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads the event log as far as the horizon. Safe for use by many threads at once. */
public final class EventReader {

    private final Database database;
    private final HorizonReader horizon;

    /** @param horizon is asked how far may be read */
    public EventReader(Database database, HorizonReader horizon) {
        this.database = database;
        this.horizon = horizon;
    }

    /** What a reader gets. */
    public sealed interface Read {

        /**
         * Events.
         *
         * @param events in order
         * @param cursor from where to read on
         * @param more whether more can be read at once
         */
        record Events(List<LoggedEvent> events, long cursor, boolean more) implements Read {}

        /** Events behind the cursor are no longer kept. */
        record Expired() implements Read {}

        /** The cursor is one that was never given. */
        record Ahead() implements Read {}
    }

    /** Events behind the query's cursor, at most its size, up to the horizon. */
    public Read read(UUID organization, EventQuery query) throws InterruptedException {
        long end = horizon.find();
        if (query.latest()) {
            return new Read.Events(List.of(), end, false);
        }
        return database.transact(connection -> {
            long after = after(query.after());
            if (after > end) {
                return after > PositionStore.last(connection)
                        ? new Read.Ahead()
                        : new Read.Events(List.of(), after, false);
            }
            Step step = EventReadStore.read(connection, organization, query, after, end);
            // After the rows: what was dropped while they were read is found missing.
            long oldest = PositionStore.oldest(connection);
            return query.after() != null && after < oldest - 1
                    ? new Read.Expired()
                    : new Read.Events(step.events(), step.reached(), step.reached() < end);
        });
    }

    /**
     * Reads on without asking for the horizon.
     *
     * @param upTo a horizon that was found before
     * @return what is wanted, and a cursor of at most {@code upTo}
     */
    public Read.Events readOn(UUID organization, EventQuery query, long after, long upTo) {
        Step step = database.call(connection -> EventReadStore.read(connection, organization, query, after, upTo));
        return new Read.Events(step.events(), step.reached(), step.reached() < upTo);
    }

    private static long after(@Nullable Long cursor) {
        return cursor == null ? -1 : cursor;
    }
}
