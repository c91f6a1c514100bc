package dev.parley.server.conversations;

import dev.parley.server.events.Event;
import dev.parley.server.platform.db.Arrays;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Counts what candidates wrote, for any number of threads in one statement. */
final class ArrivalStore {

    // The row itself is what is counted up: under its lock it is fresh, whatever the statement saw before it waited.
    private static final String COUNT_UP = """
            insert into conversations as c (organization_id, id, thread_id, candidate_id, status, unread, created_at, updated_at)
            select i.organization_id, i.id, i.thread_id, t.candidate_id, 'open', i.unread, i.at, i.at
            from (
                select unnest(?::uuid[]) as organization_id, unnest(?::uuid[]) as id, unnest(?::uuid[]) as thread_id,
                       unnest(?::int8[]) as unread, unnest(?::timestamptz[]) as at
            ) i
            join threads t on t.organization_id = i.organization_id and t.id = i.thread_id
            order by i.organization_id, i.thread_id
            on conflict on constraint conversations_thread do update
                set unread = c.unread + excluded.unread, status = 'open', version = c.version + 1,
                    updated_at = excluded.updated_at
            returning c.organization_id, c.id, c.thread_id, c.candidate_id, c.status, c.unread, c.version, c.created_at,
                      c.updated_at, old.status as old_status, old.unread as old_unread
            """;

    private ArrivalStore() {}

    /** Writes them; what is to be told of it. The threads' dispatch rows must be locked. */
    static List<Event> write(Connection connection, List<Arrivals.Arrived> arrived) throws SQLException {
        List<Event> events = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(COUNT_UP)) {
            new Arrays(statement)
                    .uuids(arrived, Arrivals.Arrived::organizationId)
                    .uuids(arrived, Arrivals.Arrived::newId)
                    .uuids(arrived, Arrivals.Arrived::threadId)
                    .longs(arrived, Arrivals.Arrived::messages)
                    .times(arrived, Arrivals.Arrived::at);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    events.add(event(row));
                }
            }
        }
        return events;
    }

    private static Event event(ResultSet row) throws SQLException {
        Conversation now = ConversationStore.read(row);
        String status = row.getString("old_status");
        if (status == null) {
            return now.created();
        }
        Conversation before =
                now.withStatus(status, now.updatedAt()).withUnread(row.getInt("old_unread"), now.updatedAt());
        return now.updated(now.changed(before));
    }
}
