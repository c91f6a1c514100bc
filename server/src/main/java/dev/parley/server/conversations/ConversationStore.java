package dev.parley.server.conversations;

import dev.parley.server.platform.jsonapi.Binds;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Locks and writes the rows of conversations. */
final class ConversationStore {

    static final String COLUMNS =
            "c.organization_id, c.id, c.thread_id, c.candidate_id, c.status, c.unread, c.version, "
                    + "c.created_at, c.updated_at";

    private static final String LOCK =
            "select " + COLUMNS + " from conversations c where c.organization_id = ? and c.id = ? for no key update";

    private static final String LOCK_OF_THREADS = "select " + COLUMNS
            + " from conversations c where c.organization_id = ? and c.thread_id = any (?) order by c.thread_id "
            + "for no key update";

    private static final String THREAD =
            "select coalesce(merged_into, id) from threads where organization_id = ? and id = ?";

    private static final String THREAD_OF = "select thread_id from conversations where organization_id = ? and id = ?";

    private static final String COUNT = """
            select count(*) from messages m
            where m.organization_id = ? and m.origin = 'inbound' and m.delivery_status = 'delivered' and m.deleted_at is null
              and m.thread_id = any (array(
                  select t.id from threads t where t.organization_id = ? and t.id = ?
                  union all select t.id from threads t where t.organization_id = ? and t.merged_into = ?))
            """;

    private static final String INSERT = """
            insert into conversations (organization_id, id, thread_id, candidate_id, status, unread, version, created_at, updated_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private static final String UPDATE = """
            update conversations set thread_id = ?, candidate_id = ?, status = ?, unread = ?, version = ?, updated_at = ?
            where organization_id = ? and id = ?
            """;

    private ConversationStore() {}

    /** The conversation with this id, locked until the transaction ends. */
    static @Nullable Conversation lock(Connection connection, UUID organization, UUID id) throws SQLException {
        List<Conversation> found = list(connection, LOCK, organization, id);
        return found.isEmpty() ? null : found.getFirst();
    }

    /** The conversations of these threads, locked in their threads' order. */
    static List<Conversation> lockOfThreads(Connection connection, UUID organization, UUID... threads)
            throws SQLException {
        return list(connection, LOCK_OF_THREADS, organization, connection.createArrayOf("uuid", threads));
    }

    /** The thread with this id, or the one that took its place; null when there is none. */
    static @Nullable UUID thread(Connection connection, UUID organization, UUID thread) throws SQLException {
        return id(connection, THREAD, organization, thread);
    }

    /** The thread of a conversation; null when there is no such conversation. */
    static @Nullable UUID threadOf(Connection connection, UUID organization, UUID id) throws SQLException {
        return id(connection, THREAD_OF, organization, id);
    }

    /** How many messages of the candidate are unread in a thread. */
    static int count(Connection connection, UUID organization, UUID thread) throws SQLException {
        try (PreparedStatement statement = Binds.all(
                        connection.prepareStatement(COUNT), organization, organization, thread, organization, thread);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getInt(1);
        }
    }

    static void insert(Connection connection, Conversation c) throws SQLException {
        execute(
                connection,
                INSERT,
                c.organizationId(),
                c.id(),
                c.threadId(),
                c.candidateId(),
                c.status(),
                c.unread(),
                c.version(),
                c.createdAt(),
                c.updatedAt());
    }

    static void update(Connection connection, Conversation c) throws SQLException {
        execute(
                connection,
                UPDATE,
                c.threadId(),
                c.candidateId(),
                c.status(),
                c.unread(),
                c.version(),
                c.updatedAt(),
                c.organizationId(),
                c.id());
    }

    static void delete(Connection connection, UUID organization, UUID id) throws SQLException {
        execute(connection, "delete from conversations where organization_id = ? and id = ?", organization, id);
    }

    private static @Nullable UUID id(Connection connection, String sql, UUID organization, UUID of)
            throws SQLException {
        try (PreparedStatement statement = Binds.all(connection.prepareStatement(sql), organization, of);
                ResultSet row = statement.executeQuery()) {
            return row.next() ? row.getObject(1, UUID.class) : null;
        }
    }

    private static List<Conversation> list(Connection connection, String sql, UUID organization, Object value)
            throws SQLException {
        List<Conversation> found = new ArrayList<>();
        try (PreparedStatement statement = Binds.all(connection.prepareStatement(sql), organization, value);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                found.add(read(rows));
            }
        }
        return found;
    }

    private static void execute(Connection connection, String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            Binds.all(statement, values).executeUpdate();
        }
    }

    /** The conversation of a row of {@link #COLUMNS}. */
    static Conversation read(ResultSet row) throws SQLException {
        return new Conversation(
                row.getObject("organization_id", UUID.class),
                row.getObject("id", UUID.class),
                row.getObject("thread_id", UUID.class),
                row.getObject("candidate_id", UUID.class),
                row.getString("status"),
                row.getInt("unread"),
                row.getInt("version"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("updated_at", OffsetDateTime.class).toInstant());
    }
}
