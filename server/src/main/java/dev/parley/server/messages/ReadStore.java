package dev.parley.server.messages;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Finds what is unread in a thread, and notes what the provider is to be told of. */
final class ReadStore {

    private static final String THREAD = """
            select coalesce(merged_into, id) as id, channel from threads
            where organization_id = ? and id = ? and deleted_at is null
            """;

    private static final String UNREAD = """
            select %s from messages m
            where m.organization_id = ? and m.origin = 'inbound' and m.delivery_status = 'delivered' and m.deleted_at is null
              and m.thread_id = any (array(
                  select ?::uuid union all select t.id from threads t where t.organization_id = ? and t.merged_into = ?))
            order by m.id limit ? for no key update
            """.formatted(MessageRows.COLUMNS);

    // What a merge has not moved yet is owed for the thread that stays, where the merge has put what was owed before.
    // The provider takes everything earlier for read, too, so the newest of each account is enough.
    private static final String OWE = """
            insert into read_receipts (organization_id, thread_id, account_id, provider_message_id, written_at, due_at)
            select distinct on (m.account_id) m.organization_id, ?, m.account_id, m.provider_message_id,
                   m.delivered_at, parley_now()
            from messages m
            where m.organization_id = ? and m.id = any (?) and m.provider_message_id is not null
              and m.delivered_at > parley_now() - interval '30 days'
            order by m.account_id, m.delivered_at desc, m.id desc
            on conflict (organization_id, thread_id, account_id) do update
                set provider_message_id = excluded.provider_message_id, written_at = excluded.written_at,
                    due_at = excluded.due_at, tries = 0
                where read_receipts.written_at <= excluded.written_at
            """;

    /** A thread, or what it was merged into. */
    record Place(UUID id, String channel) {}

    private ReadStore() {}

    static @Nullable Place thread(Connection connection, UUID organization, UUID id) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(THREAD)) {
            statement.setObject(1, organization);
            statement.setObject(2, id);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? new Place(row.getObject(1, UUID.class), row.getString(2)) : null;
            }
        }
    }

    /** Some of those that are unread, in threads that were merged into this one too, locked. */
    static List<Message> unread(Connection connection, UUID organization, UUID thread, int most) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(UNREAD)) {
            statement.setObject(1, organization);
            statement.setObject(2, thread);
            statement.setObject(3, organization);
            statement.setObject(4, thread);
            statement.setInt(5, most);
            List<Message> messages = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    messages.add(MessageRows.read(row));
                }
            }
            return messages;
        }
    }

    /** The provider is to be told of these messages of a thread, in the same transaction. */
    static void owe(Connection connection, UUID organization, UUID thread, List<UUID> messages) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(OWE)) {
            statement.setObject(1, thread);
            statement.setObject(2, organization);
            statement.setArray(3, connection.createArrayOf("uuid", messages.toArray()));
            statement.executeUpdate();
        }
    }
}
