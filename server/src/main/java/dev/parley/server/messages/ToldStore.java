package dev.parley.server.messages;

import dev.parley.server.platform.db.Database;
import dev.parley.server.platform.json.Json;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;
import java.util.UUID;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads which webhook deliveries told of a message. Safe for use by many threads at once. */
final class ToldStore {

    /** So many are shown, the newest; {@code /webhook-logs} has the rest. */
    static final int MOST = 100;

    private static final String FIND = """
            select id, webhook_id, event, status, attempts, case when status = 'pending' then due_at end as next_attempt_at,
                   created_at
            from webhook_deliveries
            where organization_id = ? and resource_id = ? and resource_type = 'messages'
            order by position desc, id desc
            limit ?
            """;

    private final Database database;

    ToldStore(Database database) {
        this.database = database;
    }

    /** The newest first. */
    ArrayNode find(UUID organization, UUID message) {
        return database.call(connection -> {
            ArrayNode told = Json.MAPPER.createArrayNode();
            try (PreparedStatement statement = connection.prepareStatement(FIND)) {
                statement.setObject(1, organization);
                statement.setObject(2, message);
                statement.setInt(3, MOST);
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        add(told.addObject(), row);
                    }
                }
            }
            return told;
        });
    }

    private static void add(ObjectNode log, ResultSet row) throws SQLException {
        log.put("id", row.getString("id"));
        log.put("webhookId", row.getString("webhook_id"));
        log.put("event", row.getString("event"));
        log.put("status", row.getString("status"));
        Json.putRaw(log, "attempts", Objects.requireNonNullElse(row.getString("attempts"), "[]"));
        log.put("nextAttemptAt", Json.time(MessageRows.time(row, "next_attempt_at")));
        log.put("createdAt", Json.time(MessageRows.time(row, "created_at")));
    }
}
