package dev.parley.server.events;

import dev.parley.server.audit.AuditEntry;
import dev.parley.server.audit.AuditLog;
import dev.parley.server.platform.db.Arrays;
import dev.parley.server.platform.db.CommitMark;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Appends events. Always in the transaction of the change, after the changed rows are locked and written: then the position
 * is causal for each resource, and a reader that stops at the {@link Horizon} misses nothing.
 */
public final class EventLog {

    /**
     * The statement, for a feature that sends it together with its own in one round trip; {@link #bind} gives its parameters.
     *
     * <p>The transaction has its id before a position is drawn: what a reader's horizon relies on.
     */
    public static final String APPEND = """
            insert into events (organization_id, position, event, resource_type, resource_id, thread_id, fields, state, created_at)
            select e.organization_id, nextval('event_positions'), e.event, e.resource_type, e.resource_id, e.thread_id,
                   string_to_array(e.fields, ','), e.state, e.created_at
            from (
                select unnest(?::uuid[]) as organization_id, unnest(?::text[]) as event, unnest(?::text[]) as resource_type,
                       unnest(?::uuid[]) as resource_id, unnest(?::uuid[]) as thread_id, unnest(?::text[]) as fields,
                       unnest(?::text[]) as state, unnest(?::timestamptz[]) as created_at
            ) e
            where pg_current_xact_id() is not null
            """;

    /** Is put on every transaction that appends. */
    public static final CommitMark APPENDED = new CommitMark("events appended");

    private EventLog() {}

    /** Appends one event. */
    public static void append(Connection connection, Event event) throws SQLException {
        append(connection, List.of(event));
    }

    /** Appends events in their order, and with each that the audit log tells of its entry. */
    public static void append(Connection connection, List<Event> events) throws SQLException {
        appendParts(connection, events);
        AuditLog.append(
                connection,
                events.stream()
                        .map(EventLog::audited)
                        .flatMap(Stream::ofNullable)
                        .toList());
    }

    private static @Nullable AuditEntry audited(Event event) {
        return AuditLog.entry(
                event.organizationId(),
                event.resourceType(),
                event.resourceId(),
                event.kind().word(),
                event.fields(),
                event.at());
    }

    /** Appends events in their order that are parts of a change which has its entry in the audit log as a whole. */
    public static void appendParts(Connection connection, List<Event> events) throws SQLException {
        if (events.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(APPEND)) {
            bind(new Arrays(statement), events);
            statement.executeUpdate();
        }
    }

    /** Binds the parameters of {@link #APPEND}, as the next ones. */
    public static void bind(Arrays parameters, List<Event> events) throws SQLException {
        if (!events.isEmpty()) {
            parameters.mark(APPENDED);
        }
        parameters
                .uuids(events, Event::organizationId)
                .texts(events, event -> event.kind().word())
                .texts(events, Event::resourceType)
                .uuids(events, Event::resourceId)
                .uuids(events, Event::threadId)
                .texts(events, event -> event.fields().isEmpty() ? null : String.join(",", event.fields()))
                .texts(events, Event::state)
                .times(events, Event::at);
    }
}
