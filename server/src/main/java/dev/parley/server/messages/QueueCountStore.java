package dev.parley.server.messages;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** How many messages of organizations are accepted and not handed over. */
public final class QueueCountStore {

    private static final String COUNT = """
            select o.id, coalesce(waiting.messages, 0) + scheduled.messages
            from unnest(?) as o (id)
            cross join lateral (
                select sum(w.messages) as messages from (
                    select d.last_seq - d.done_seq as messages from thread_dispatch d
                    where d.organization_id = o.id and d.has_work limit ?) w) waiting
            cross join lateral (
                select count(*) as messages from (
                    select from messages m where m.organization_id = o.id and %s limit ?) s) scheduled
            """.formatted(MessageRows.SCHEDULED);

    private QueueCountStore() {}

    /**
     * Counts those that wait their turn, are under way, or are scheduled for later; a cancelled one counts until its turn comes.
     *
     * @param most threads, and scheduled messages, that are looked at for each organization
     */
    public static Map<UUID, Long> waiting(Connection connection, Collection<UUID> organizations, long most)
            throws SQLException {
        Map<UUID, Long> found = new HashMap<>();
        Array ids = connection.createArrayOf("uuid", organizations.toArray());
        try (PreparedStatement statement = connection.prepareStatement(COUNT)) {
            statement.setArray(1, ids);
            statement.setLong(2, most);
            statement.setLong(3, most);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    found.put(row.getObject(1, UUID.class), row.getLong(2));
                }
            }
        }
        return found;
    }
}
