package dev.parley.server.threads;

import dev.parley.server.accounts.SendingAccountSql;
import dev.parley.server.platform.db.Arrays;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads, makes and locks threads. */
final class ThreadStore {

    /** What makes a {@link MessageThread}, from {@link #FROM}. */
    static final String COLUMNS = "t.organization_id, t.id, t.channel, t.identifier, t.chatbot_paused, t.candidate_id, "
            + "t.channel_account_id, w.expires_at as window_expires_at, d.last_message_at, t.merged_into, t.version, "
            + "t.created_at, t.updated_at";

    /** Threads with the window of the account that they send from: chosen, else last written to, else the default. */
    static final String FROM = """
            threads t
            left join thread_dispatch d on d.organization_id = t.organization_id and d.thread_id = t.id
            """ + SendingAccountSql.OF_THREAD + """
            left join thread_windows w on w.organization_id = t.organization_id and w.thread_id = t.id and w.account_id = a.id
            """;

    private static final String BY_ID = "select " + COLUMNS + " from " + FROM
            + "where (t.organization_id, t.id) in (select * from unnest(?::uuid[], ?::uuid[])) and t.deleted_at is null "
            + "order by t.organization_id, t.id";

    private static final String LOCK_DISPATCH = """
            select d.organization_id, d.thread_id from thread_dispatch d
            where (d.organization_id, d.thread_id) in (select * from unnest(?::uuid[], ?::uuid[]))
            order by d.organization_id, d.thread_id for no key update
            """;

    private static final String LOCK = """
            select t.id from threads t
            where (t.organization_id, t.id) in (select * from unnest(?::uuid[], ?::uuid[]))
            order by t.organization_id, t.id for no key update
            """;

    private static final String INSERT = """
            with input as materialized (
                select * from unnest(?::uuid[], ?::uuid[], ?::text[], ?::text[], ?::bool[], ?::uuid[], ?::uuid[], ?::text[])
                    with ordinality as i (organization_id, id, channel, identifier, chatbot_paused, candidate_id,
                                          channel_account_id, created_at, ord)
            ), made as (
                insert into threads (organization_id, id, channel, identifier, chatbot_paused, candidate_id,
                                     channel_account_id, created_at, updated_at)
                select organization_id, id, channel, identifier, chatbot_paused, candidate_id, channel_account_id,
                       created_at::timestamptz, created_at::timestamptz
                from input order by ord
                on conflict do nothing
                returning organization_id, id
            )
            insert into thread_dispatch (organization_id, thread_id) select organization_id, id from made
            """;

    private ThreadStore() {}

    /** Those of the threads that are there, merged ones as what they were. */
    static List<MessageThread> read(Connection connection, Collection<ThreadKey> keys) throws SQLException {
        try (PreparedStatement statement = prepared(connection, BY_ID, keys);
                ResultSet row = statement.executeQuery()) {
            List<MessageThread> threads = new ArrayList<>();
            while (row.next()) {
                threads.add(thread(row));
            }
            return threads;
        }
    }

    /** The thread with this id, or the one that took its place. */
    static @Nullable MessageThread find(Connection connection, ThreadKey key) throws SQLException {
        for (MessageThread thread : read(connection, List.of(key))) {
            UUID into = thread.mergedInto();
            return into == null ? thread : find(connection, new ThreadKey(key.organizationId(), into));
        }
        return null;
    }

    /** Locks the dispatch rows of threads in key order: nothing of theirs is accepted or claimed. Which are there. */
    static Set<ThreadKey> lockDispatch(Connection connection, Collection<ThreadKey> keys) throws SQLException {
        try (PreparedStatement statement = prepared(connection, LOCK_DISPATCH, keys);
                ResultSet row = statement.executeQuery()) {
            Set<ThreadKey> locked = new HashSet<>();
            while (row.next()) {
                locked.add(new ThreadKey(row.getObject(1, UUID.class), row.getObject(2, UUID.class)));
            }
            return locked;
        }
    }

    /** Locks the rows of threads in key order; their dispatch rows must be locked already. */
    static void lock(Connection connection, Collection<ThreadKey> keys) throws SQLException {
        try (PreparedStatement statement = prepared(connection, LOCK, keys)) {
            statement.executeQuery().close();
        }
    }

    /** Makes threads, with their dispatch rows; how many. One whose id or identifier is taken is left out. */
    static int insert(Connection connection, List<MessageThread> threads) throws SQLException {
        if (threads.isEmpty()) {
            return 0;
        }
        List<MessageThread> sorted = new ArrayList<>(threads);
        sorted.sort(Comparator.comparing(MessageThread::identifier));
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            new Arrays(statement)
                    .uuids(sorted, MessageThread::organizationId)
                    .uuids(sorted, MessageThread::id)
                    .texts(sorted, MessageThread::channel)
                    .texts(sorted, MessageThread::identifier)
                    .booleans(sorted, MessageThread::chatbotPaused)
                    .uuids(sorted, MessageThread::candidateId)
                    .uuids(sorted, MessageThread::channelAccountId)
                    .times(sorted, MessageThread::createdAt);
            return statement.executeUpdate();
        }
    }

    /** Writes what a customer may change, with the thread's version and time of change. */
    static void update(Connection connection, MessageThread thread) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                update threads set channel = ?, identifier = ?, chatbot_paused = ?, candidate_id = ?, channel_account_id = ?,
                       version = ?, updated_at = ?
                where organization_id = ? and id = ?
                """)) {
            statement.setString(1, thread.channel());
            statement.setString(2, thread.identifier());
            statement.setBoolean(3, thread.chatbotPaused());
            statement.setObject(4, thread.candidateId());
            statement.setObject(5, thread.channelAccountId());
            statement.setInt(6, thread.version());
            statement.setObject(7, thread.updatedAt().atOffset(ZoneOffset.UTC));
            statement.setObject(8, thread.organizationId());
            statement.setObject(9, thread.id());
            statement.executeUpdate();
        }
    }

    /** The thread of the row that {@code row} stands on, which has {@link #COLUMNS}. */
    static MessageThread thread(ResultSet row) throws SQLException {
        return new MessageThread(
                row.getObject("organization_id", UUID.class),
                row.getObject("id", UUID.class),
                row.getString("channel"),
                row.getString("identifier"),
                row.getBoolean("chatbot_paused"),
                row.getObject("candidate_id", UUID.class),
                row.getObject("channel_account_id", UUID.class),
                time(row, "window_expires_at"),
                time(row, "last_message_at"),
                row.getObject("merged_into", UUID.class),
                row.getInt("version"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("updated_at", OffsetDateTime.class).toInstant());
    }

    private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private static PreparedStatement prepared(Connection connection, String sql, Collection<ThreadKey> keys)
            throws SQLException {
        List<ThreadKey> list = List.copyOf(keys);
        PreparedStatement statement = connection.prepareStatement(sql);
        new Arrays(statement).uuids(list, ThreadKey::organizationId).uuids(list, ThreadKey::threadId);
        return statement;
    }
}
