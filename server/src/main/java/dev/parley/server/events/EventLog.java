package dev.parley.server.events;

import dev.parley.server.platform.db.Arrays;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/**
 * Appends events. Always in the transaction of the change, after the changed rows are locked and written: then the position
 * is causal for each resource, and a reader that stops at the {@link Horizon} misses nothing.
 */
public final class EventLog {

    // The transaction has its id before a position is drawn: what a reader's horizon relies on.
    private static final String APPEND = """
            with me as materialized (select pg_current_xact_id() as id)
            insert into events (organization_id, position, event, resource_type, resource_id, thread_id, fields, state, created_at)
            select e.organization_id, nextval('event_positions'), e.event, e.resource_type, e.resource_id, e.thread_id,
                   string_to_array(e.fields, ','), e.state::jsonb, e.created_at
            from unnest(?::uuid[], ?::text[], ?::text[], ?::uuid[], ?::uuid[], ?::text[], ?::text[], ?::timestamptz[])
                 with ordinality as e (organization_id, event, resource_type, resource_id, thread_id, fields, state, created_at, ord)
            join me on me.id is not null
            order by e.ord
            """;

    private EventLog() {}

    /** Appends one event. */
    public static void append(Connection connection, Event event) throws SQLException {
        append(connection, List.of(event));
    }

    /** Appends events in their order. */
    public static void append(Connection connection, List<Event> events) throws SQLException {
        if (events.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(APPEND)) {
            new Arrays(statement)
                    .uuids(events, Event::organizationId)
                    .texts(events, event -> event.kind().word())
                    .texts(events, Event::resourceType)
                    .uuids(events, Event::resourceId)
                    .uuids(events, Event::threadId)
                    .texts(events, event -> event.fields().isEmpty() ? null : String.join(",", event.fields()))
                    .texts(events, Event::state)
                    .times(events, Event::at);
            statement.executeUpdate();
        }
    }
}
