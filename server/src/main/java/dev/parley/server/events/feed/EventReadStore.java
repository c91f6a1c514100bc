package dev.parley.server.events.feed;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Reads the event log of one organization, forward. */
final class EventReadStore {

    /** How many events are looked at for one answer, however few of them a filter lets through. */
    static final int MOST_SCANNED = 5_000;

    // The inner select walks the primary key, so an answer's cost does not depend on how long the log is.
    private static final String READ = """
            select e.position, e.event, e.resource_type, e.resource_id, e.thread_id, e.fields, e.state, e.created_at,
                   (?::text is null or e.resource_type = ?) and (?::uuid is null or e.thread_id = ?) as wanted
            from (
                select * from events
                where organization_id = ? and position > ? and position <= ?
                order by position
                limit ?
            ) e
            order by e.position
            """;

    private EventReadStore() {}

    /**
     * One step forward.
     *
     * @param events those that are wanted, in order
     * @param reached the position up to which nothing more is wanted
     */
    record Step(List<LoggedEvent> events, long reached) {}

    /**
     * Reads on from a position.
     *
     * @param horizon the last position that may be read, found before this call
     */
    static Step read(Connection connection, UUID organization, EventQuery query, long after, long horizon)
            throws SQLException {
        boolean filtered = query.resourceType() != null || query.thread() != null;
        int limit = filtered ? MOST_SCANNED : query.size();
        try (PreparedStatement statement = connection.prepareStatement(READ)) {
            statement.setString(1, query.resourceType());
            statement.setString(2, query.resourceType());
            statement.setObject(3, query.thread());
            statement.setObject(4, query.thread());
            statement.setObject(5, organization);
            statement.setLong(6, after);
            statement.setLong(7, horizon);
            statement.setInt(8, limit);
            try (ResultSet row = statement.executeQuery()) {
                return step(row, query.size(), limit, horizon);
            }
        }
    }

    private static Step step(ResultSet row, int size, int limit, long horizon) throws SQLException {
        List<LoggedEvent> events = new ArrayList<>();
        long reached = -1;
        int scanned = 0;
        while (events.size() < size && row.next()) {
            scanned++;
            reached = row.getLong("position");
            if (row.getBoolean("wanted")) {
                events.add(LoggedEvent.of(row));
            }
        }
        boolean all = events.size() < size && scanned < limit;
        return new Step(events, all ? horizon : reached);
    }
}
