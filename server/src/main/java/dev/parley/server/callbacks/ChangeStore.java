package dev.parley.server.callbacks;

import dev.parley.server.callbacks.WantedFileStore.WantedFile;
import dev.parley.server.events.Event;
import dev.parley.server.events.EventLog;
import dev.parley.server.messages.Message;
import dev.parley.server.messages.MessageRows;
import dev.parley.server.messages.MessageView;
import dev.parley.server.platform.db.Arrays;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Locks messages that something happened to, and writes it. */
final class ChangeStore {

    /** A message. */
    record Key(UUID organizationId, UUID messageId) {}

    /**
     * The message as it is from now on, and what of it changed.
     *
     * @param file what is to be got from the provider; null for nothing new
     */
    record Changed(
            Message after, List<String> fields, @Nullable WantedFile file) {
        Changed(Message after, List<String> fields) {
            this(after, fields, null);
        }

        Key key() {
            return new Key(after.organizationId(), after.id());
        }
    }

    private static final String LOCK = """
            select %s from messages m
            where (m.organization_id, m.id) in (select * from unnest(?::uuid[], ?::uuid[])) and m.deleted_at is null
            order by m.organization_id, m.id for no key update
            """.formatted(MessageRows.COLUMNS);

    private static final String UPDATE = """
            update messages m set payload = i.payload::jsonb, marks = i.marks::jsonb, version = i.version,
                   updated_at = i.updated_at::timestamptz
            from (
                select unnest(?::uuid[]) as organization_id, unnest(?::uuid[]) as id, unnest(?::text[]) as payload,
                       unnest(?::text[]) as marks, unnest(?::int8[]) as version, unnest(?::text[]) as updated_at
            ) i
            where m.organization_id = i.organization_id and m.id = i.id
            """;

    // The positions of earlier events stay, and what they tell but for the content.
    private static final String HIDE_IN_EVENTS = """
            update events e set state = jsonb_set(e.state::jsonb, '{attributes,payload}', i.payload::jsonb)::text
            from (
                select unnest(?::uuid[]) as organization_id, unnest(?::uuid[]) as id, unnest(?::text[]) as payload
            ) i
            where e.organization_id = i.organization_id and e.resource_id = i.id and e.resource_type = 'messages'
              and e.state is not null
            """;

    private static final String DROP_RAW = """
            delete from callback_updates u using messages m, (
                select unnest(?::uuid[]) as organization_id, unnest(?::uuid[]) as id
            ) i
            where m.organization_id = i.organization_id and m.id = i.id and u.organization_id = m.organization_id
              and u.account_id = m.account_id and u.provider_message_id = m.provider_message_id and u.state = 'set_aside'
            """;

    private ChangeStore() {}

    /** Those that are there. */
    static List<Message> lock(Connection connection, List<Key> keys) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LOCK)) {
            new Arrays(statement).uuids(keys, Key::organizationId).uuids(keys, Key::messageId);
            List<Message> messages = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    messages.add(MessageRows.read(row));
                }
            }
            return messages;
        }
    }

    /** Several changes of one message are given in their order: each is an event, the last is what stands. */
    static void write(Connection connection, List<Changed> changes) throws SQLException {
        if (changes.isEmpty()) {
            return;
        }
        Map<Key, Changed> last = new LinkedHashMap<>();
        changes.forEach(change -> last.put(change.key(), change));
        update(connection, List.copyOf(last.values()));
        EventLog.append(connection, changes.stream().map(ChangeStore::event).toList());
        List<Changed> revoked = last.values().stream()
                .filter(change -> change.after().marks().revokedAt() != null)
                .toList();
        hide(connection, revoked);
        files(connection, changes, revoked.stream().map(Changed::key).toList());
    }

    private static void files(Connection connection, List<Changed> changes, List<Key> revoked) throws SQLException {
        Map<Key, WantedFile> wanted = new LinkedHashMap<>();
        changes.forEach(change -> {
            if (change.file() != null) {
                wanted.put(change.key(), change.file());
            }
        });
        revoked.forEach(wanted::remove);
        WantedFileStore.want(connection, List.copyOf(wanted.values()));
        WantedFileStore.drop(connection, revoked);
    }

    private static Event event(Changed change) {
        Message message = change.after();
        return MessageView.event(message, Event.Kind.UPDATE, change.fields(), MessageView.state(message));
    }

    private static void update(Connection connection, List<Changed> changes) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(UPDATE)) {
            new Arrays(statement)
                    .uuids(changes, change -> change.after().organizationId())
                    .uuids(changes, change -> change.after().id())
                    .texts(changes, change -> change.after().payload())
                    .texts(changes, change -> change.after().marks().json())
                    .longs(changes, change -> change.after().version())
                    .times(changes, change -> change.after().updatedAt());
            statement.executeUpdate();
        }
    }

    /** What was taken back is in no event and no raw update any more. */
    private static void hide(Connection connection, List<Changed> revoked) throws SQLException {
        if (revoked.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(HIDE_IN_EVENTS)) {
            new Arrays(statement)
                    .uuids(revoked, change -> change.after().organizationId())
                    .uuids(revoked, change -> change.after().id())
                    .texts(revoked, change -> change.after().payload());
            statement.executeUpdate();
        }
        try (PreparedStatement statement = connection.prepareStatement(DROP_RAW)) {
            new Arrays(statement)
                    .uuids(revoked, change -> change.after().organizationId())
                    .uuids(revoked, change -> change.after().id());
            statement.executeUpdate();
        }
    }
}
