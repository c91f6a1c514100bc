package dev.parley.server.webhooks.delivery;

import dev.parley.server.platform.jsonapi.Binds;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Switches webhooks off. */
final class SwitchStore {

    private static final String OFF = """
            update webhooks set active = false, inactive_reason = ?, version = version + 1, updated_at = ?
            where organization_id = ? and id = ? and active and deleted_at is null
            returning resource, event, fields, webhook_url, secret_header, version, created_at, updated_at
            """;

    private SwitchStore() {}

    /** A webhook that was switched off. */
    record Row(
            String resource,
            String event,
            @Nullable List<String> fields,
            @Nullable String webhookUrl,
            boolean secretHeader,
            int version,
            Instant createdAt,
            Instant updatedAt) {}

    /** The row after it; null when it was off before, or is deleted. */
    static @Nullable Row off(Connection connection, UUID organization, UUID webhook, String reason, Instant now)
            throws SQLException {
        try (PreparedStatement statement =
                        Binds.all(connection.prepareStatement(OFF), reason, now, organization, webhook);
                ResultSet row = statement.executeQuery()) {
            return row.next() ? read(row) : null;
        }
    }

    private static Row read(ResultSet row) throws SQLException {
        Array fields = row.getArray(3);
        return new Row(
                row.getString(1),
                row.getString(2),
                fields == null ? null : List.of((String[]) fields.getArray()),
                row.getString(4),
                row.getBoolean(5),
                row.getInt(6),
                row.getObject(7, OffsetDateTime.class).toInstant(),
                row.getObject(8, OffsetDateTime.class).toInstant());
    }
}
