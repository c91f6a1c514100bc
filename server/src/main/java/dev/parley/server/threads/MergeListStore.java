package dev.parley.server.threads;

import dev.parley.server.platform.db.Arrays;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Pairs of threads that are still to be merged: noted in the transaction that found out, done in one of its own. */
final class MergeListStore {

    private static final String NOTE = """
            insert into thread_merges (organization_id, thread_id, other_thread_id, noticed_at)
            select i.organization_id, i.thread_id, i.other_thread_id, i.noticed_at::timestamptz
            from unnest(?::uuid[], ?::uuid[], ?::uuid[], ?::text[]) as i (organization_id, thread_id, other_thread_id, noticed_at)
            order by i.organization_id, i.thread_id, i.other_thread_id
            on conflict do nothing
            """;

    /** Two threads of one person. */
    record Pair(UUID organizationId, UUID threadId, UUID otherThreadId) {

        ThreadKey one() {
            return new ThreadKey(organizationId, threadId);
        }

        ThreadKey other() {
            return new ThreadKey(organizationId, otherThreadId);
        }
    }

    private MergeListStore() {}

    static void note(Connection connection, List<Pair> pairs, Instant now) throws SQLException {
        if (pairs.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(NOTE)) {
            new Arrays(statement)
                    .uuids(pairs, Pair::organizationId)
                    .uuids(pairs, Pair::threadId)
                    .uuids(pairs, Pair::otherThreadId)
                    .times(pairs, pair -> now);
            statement.executeUpdate();
        }
    }

    static void strike(Connection connection, Pair pair) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "delete from thread_merges where organization_id = ? and thread_id = ? and other_thread_id = ?")) {
            statement.setObject(1, pair.organizationId());
            statement.setObject(2, pair.threadId());
            statement.setObject(3, pair.otherThreadId());
            statement.executeUpdate();
        }
    }

    /** The oldest {@code most} pairs. */
    static List<Pair> list(Connection connection, int most) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("select organization_id, thread_id, other_thread_id "
                        + "from thread_merges order by noticed_at, thread_id, other_thread_id limit ?")) {
            statement.setInt(1, most);
            List<Pair> pairs = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    pairs.add(new Pair(
                            row.getObject(1, UUID.class), row.getObject(2, UUID.class), row.getObject(3, UUID.class)));
                }
            }
            return pairs;
        }
    }
}
