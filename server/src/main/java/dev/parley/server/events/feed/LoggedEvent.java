package dev.parley.server.events.feed;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event as a reader finds it in the log.
 *
 * @param position its number, rising; a reader's cursor
 * @param event what happened: {@code create}, {@code update} or {@code delete}
 * @param resourceType the JSON:API type
 * @param threadId the thread that the resource belongs to, where it belongs to one
 * @param fields the attributes that changed; empty unless it is an update
 * @param state the resource after the event; null after a delete, and when it was erased since
 */
public record LoggedEvent(
        long position,
        String event,
        String resourceType,
        UUID resourceId,
        @Nullable UUID threadId,
        List<String> fields,
        @Nullable String state,
        Instant createdAt) {

    /** The event of a row with its columns by their names. */
    public static LoggedEvent of(ResultSet row) throws SQLException {
        Array fields = row.getArray("fields");
        return new LoggedEvent(
                row.getLong("position"),
                Objects.requireNonNull(row.getString("event")),
                Objects.requireNonNull(row.getString("resource_type")),
                row.getObject("resource_id", UUID.class),
                row.getObject("thread_id", UUID.class),
                fields == null ? List.of() : List.of((String[]) fields.getArray()),
                row.getString("state"),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }

    /** The same as if it had been erased. */
    public LoggedEvent withoutState() {
        return new LoggedEvent(position, event, resourceType, resourceId, threadId, fields, null, createdAt);
    }

    /** Only type and position: the state is personal. */
    @Override
    public String toString() {
        return "LoggedEvent[" + position + " " + event + " " + resourceType + "]";
    }
}
