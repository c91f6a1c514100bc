package dev.parley.server.messages;

import dev.parley.server.events.Event;
import dev.parley.server.events.EventLog;
import dev.parley.server.platform.db.Together;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Writes changes of messages whose rows the transaction has locked, and tells of them. Several changes of one message may be
 * given, in their order: each is an event, the last is what stands.
 */
public final class MessageChangeStore {

    private static final String UPDATE = """
            update messages m
            set delivery_status = i.delivery_status, errors = i.errors::jsonb, phase = i.phase,
                sent_at = i.sent_at::timestamptz, delivered_at = i.delivered_at::timestamptz, read_at = i.read_at::timestamptz,
                failed_at = i.failed_at::timestamptz, doubt_since = i.doubt_since::timestamptz,
                doubt_until = i.doubt_until::timestamptz, version = i.version, updated_at = i.updated_at::timestamptz
            from (
                select unnest(?::uuid[]) as organization_id, unnest(?::uuid[]) as id,
                       unnest(?::text[]) as delivery_status, unnest(?::text[]) as errors, unnest(?::text[]) as phase,
                       unnest(?::text[]) as sent_at, unnest(?::text[]) as delivered_at, unnest(?::text[]) as read_at,
                       unnest(?::text[]) as failed_at, unnest(?::text[]) as doubt_since,
                       unnest(?::text[]) as doubt_until, unnest(?::int8[]) as version,
                       unnest(?::text[]) as updated_at
            ) i
            where m.organization_id = i.organization_id and m.id = i.id
            """;

    private record Key(UUID organization, UUID message) {}

    private MessageChangeStore() {}

    /** Writes them. */
    public static void write(Connection connection, List<MessageChange> changes) throws SQLException {
        Together writes = new Together();
        write(writes, changes);
        writes.write(connection);
    }

    /** Writes them together with other things. */
    public static void write(Together writes, List<MessageChange> changes) {
        if (changes.isEmpty()) {
            return;
        }
        Map<Key, MessageChange> last = new LinkedHashMap<>();
        changes.forEach(change ->
                last.put(new Key(change.after().organizationId(), change.after().id()), change));
        update(writes, List.copyOf(last.values()));
        List<Event> events = changes.stream()
                .filter(MessageChangeStore::told)
                .map(MessageChangeStore::event)
                .toList();
        if (!events.isEmpty()) {
            writes.add(EventLog.APPEND, parameters -> EventLog.bind(parameters, events));
        }
    }

    /** Of a message that was deleted nothing more is told after the delete event. */
    private static boolean told(MessageChange change) {
        return !change.fields().isEmpty() && change.after().payload() != null;
    }

    private static Event event(MessageChange change) {
        Message message = change.after();
        return MessageView.event(message, Event.Kind.UPDATE, change.fields(), MessageView.state(message));
    }

    private static void update(Together writes, List<MessageChange> changes) {
        writes.add(
                UPDATE,
                parameters -> parameters
                        .uuids(changes, change -> change.after().organizationId())
                        .uuids(changes, change -> change.after().id())
                        .texts(
                                changes,
                                change -> change.after().delivery().status().word())
                        .texts(
                                changes,
                                change -> MessageError.write(
                                        change.after().delivery().errors()))
                        .texts(changes, change -> change.after().phase().word())
                        .times(
                                changes,
                                change -> change.after().delivery().times().sent())
                        .times(
                                changes,
                                change -> change.after().delivery().times().delivered())
                        .times(
                                changes,
                                change -> change.after().delivery().times().read())
                        .times(
                                changes,
                                change -> change.after().delivery().times().failed())
                        .times(changes, change -> change.after().delivery().doubtSince())
                        .times(changes, MessageChange::doubtUntil)
                        .longs(changes, change -> change.after().version())
                        .times(changes, change -> change.after().updatedAt()));
    }
}
