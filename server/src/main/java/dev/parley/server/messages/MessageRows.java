package dev.parley.server.messages;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads messages from rows, for whichever feature's statement selects them. */
public final class MessageRows {

    /** What a query must select, from {@code messages m}. */
    public static final String COLUMNS =
            "m.organization_id, m.id, m.thread_id, m.origin, m.send_by, m.payload, m.metadata, "
                    + "m.delivery_status, m.errors, m.phase, m.accepted_at, m.sent_at, m.delivered_at, m.read_at, m.failed_at, "
                    + "m.scheduled_at, m.expires_at, m.doubt_since, m.doubt_until, m.version, m.created_at, m.updated_at, m.marks";

    /**
     * Whether one of {@code messages m} is scheduled. The first three conditions are what the index knows: it must not name the phase,
     * which changes with every message.
     */
    public static final String SCHEDULED =
            "m.scheduled_at is not null and m.seq is null and m.deleted_at is null and m.phase = 'scheduled'";

    private MessageRows() {}

    /** The message of the row that {@code row} stands on. */
    public static Message read(ResultSet row) throws SQLException {
        Delivery delivery = new Delivery(
                DeliveryStatus.of(row.getString("delivery_status")),
                MessageError.read(row.getString("errors")),
                new StatusTimes(
                        time(row, "accepted_at"),
                        time(row, "sent_at"),
                        time(row, "delivered_at"),
                        time(row, "read_at"),
                        time(row, "failed_at")),
                time(row, "doubt_since"));
        return new Message(
                row.getObject("organization_id", UUID.class),
                row.getObject("id", UUID.class),
                row.getObject("thread_id", UUID.class),
                Origin.of(row.getString("origin")),
                row.getString("send_by"),
                row.getString("payload"),
                row.getString("metadata"),
                delivery,
                Phase.of(row.getString("phase")),
                time(row, "scheduled_at"),
                time(row, "expires_at"),
                row.getInt("version"),
                required(row, "created_at"),
                required(row, "updated_at"),
                Marks.read(row.getString("marks")));
    }

    /** A time, or null. */
    public static @Nullable Instant time(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private static Instant required(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
