package dev.parley.server.threads;

import dev.parley.server.events.Event;
import dev.parley.server.events.EventLog;
import dev.parley.server.messages.IdempotencyKeyStore;
import dev.parley.server.messages.MessageView;
import dev.parley.server.search.SearchEntryStore;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Empties threads that are deleted or merged, a chunk of messages at a time. */
final class EmptyingStore {

    private static final int CHUNK = 500;

    private static final String LIST =
            "select organization_id, id from threads where emptying order by organization_id, id limit ?";

    // The thread that took its place is locked too: it cannot be deleted between the look at it and the move.
    private static final String LOCK = """
            select t.id, t.merged_into, t.emptying, t.deleted_at is not null as deleted from threads t
            where t.organization_id = ? and (t.id = ? or t.id = (select merged_into from threads where organization_id = ? and id = ?))
            order by t.id for no key update
            """;

    private static final String MOVE = """
            with picked as materialized (
                select organization_id, id from messages where organization_id = ? and thread_id = ?
                order by id limit %d for no key update
            )
            update messages m set thread_id = ?, seq = null from picked p
            where m.organization_id = p.organization_id and m.id = p.id
            returning m.id
            """.formatted(CHUNK);

    private static final String REMOVE = """
            with picked as materialized (
                select organization_id, id from messages where organization_id = ? and thread_id = ? and deleted_at is null
                order by id limit %d for no key update
            )
            update messages m set deleted_at = ?, updated_at = ?, version = m.version + 1, send_by = null, payload = null,
                   metadata = null, marks = null, errors = null, phase = 'done', seq = null, doubt_until = null
            from picked p where m.organization_id = p.organization_id and m.id = p.id
            returning m.id
            """.formatted(CHUNK);

    private EmptyingStore() {}

    static List<ThreadKey> list(Connection connection, int most) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LIST)) {
            statement.setInt(1, most);
            List<ThreadKey> threads = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    threads.add(new ThreadKey(row.getObject(1, UUID.class), row.getObject(2, UUID.class)));
                }
            }
            return threads;
        }
    }

    /** Moves or removes one chunk; whether there may be more. */
    static boolean chunk(Connection connection, ThreadKey thread, Instant now) throws SQLException {
        boolean emptying = false;
        boolean intoDeleted = false;
        UUID into = null;
        try (PreparedStatement statement = connection.prepareStatement(LOCK)) {
            bind(statement, thread.organizationId(), thread.threadId(), thread.organizationId(), thread.threadId());
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    if (row.getObject("id", UUID.class).equals(thread.threadId())) {
                        emptying = row.getBoolean("emptying");
                        into = row.getObject("merged_into", UUID.class);
                    } else {
                        intoDeleted = row.getBoolean("deleted");
                    }
                }
            }
        }
        return emptying && chunk(connection, thread, into, intoDeleted, now);
    }

    private static boolean chunk(
            Connection connection, ThreadKey thread, @Nullable UUID into, boolean intoDeleted, Instant now)
            throws SQLException {
        int done = into == null ? remove(connection, thread, now) : move(connection, thread, into);
        if (into != null && intoDeleted && done > 0) {
            emptying(connection, thread.organizationId(), into, true);
        }
        if (done < CHUNK) {
            emptying(connection, thread.organizationId(), thread.threadId(), false);
        }
        return done == CHUNK;
    }

    private static int move(Connection connection, ThreadKey thread, UUID into) throws SQLException {
        return ids(connection, MOVE, thread.organizationId(), thread.threadId(), into)
                .size();
    }

    private static int remove(Connection connection, ThreadKey thread, Instant now) throws SQLException {
        Object at = now.atOffset(ZoneOffset.UTC);
        List<UUID> gone = ids(connection, REMOVE, thread.organizationId(), thread.threadId(), at, at);
        BlankEventStore.blank(connection, thread.organizationId(), gone);
        IdempotencyKeyStore.forget(connection, thread.organizationId(), gone);
        SearchEntryStore.erase(connection, thread.organizationId(), MessageView.TYPE, gone);
        EventLog.appendParts(
                connection,
                gone.stream().map(id -> messageDeleted(thread, id, now)).toList());
        return gone.size();
    }

    private static Event messageDeleted(ThreadKey thread, UUID message, Instant at) {
        return new Event(
                thread.organizationId(),
                Event.Kind.DELETE,
                MessageView.TYPE,
                message,
                thread.threadId(),
                List.of(),
                null,
                at);
    }

    private static void emptying(Connection connection, UUID organization, UUID thread, boolean still)
            throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("update threads set emptying = ? where organization_id = ? and id = ?")) {
            bind(statement, still, organization, thread);
            statement.executeUpdate();
        }
    }

    private static List<UUID> ids(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            List<UUID> ids = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    ids.add(row.getObject(1, UUID.class));
                }
            }
            return ids;
        }
    }

    private static void bind(PreparedStatement statement, Object... values) throws SQLException {
        int at = 1;
        for (Object value : List.of(values)) {
            statement.setObject(at++, value);
        }
    }
}
