package dev.parley.server.organizations;

import dev.parley.server.platform.jsonapi.Binds;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Ends an organization and removes what it had. The one store that writes every feature's tables: what is removed has
 * no other owner left.
 */
final class RemovalStore {

    /** Every table with rows of an organization, in the order in which they are emptied: what sends comes first. */
    static final List<String> TABLES = List.of(
            "tokens",
            "callback_routes",
            "thread_dispatch",
            "account_dispatch",
            "attempts",
            "messages",
            "callback_updates",
            "erased_provider_messages",
            "idempotency_keys",
            "thread_windows",
            "thread_addresses",
            "thread_merges",
            "threads",
            "candidates",
            "candidate_statuses",
            "channel_accounts",
            "events",
            "audit_entries");

    private static final String END = """
            update organizations set deleted_at = ?, updated_at = ? where id = ? and deleted_at is null
            """;

    private static final String END_ACCOUNTS = """
            update channel_accounts set deleted_at = ?, version = version + 1 where organization_id = ? and deleted_at is null
            """;

    /** Two minutes are longer than any lease: by then no send that was under way is left. */
    private static final String NEXT = """
            select id from organizations
            where deleted_at < parley_now() - interval '2 minutes'
            order by deleted_at, id limit 1
            for update skip locked
            """;

    private RemovalStore() {}

    /** False when there is no such organization. */
    static boolean end(Connection connection, UUID id, Instant now) throws SQLException {
        if (execute(connection, END, now, now, id) == 0) {
            return false;
        }
        TokenStore.remove(connection, id);
        execute(connection, "delete from callback_routes where organization_id = ?", id);
        execute(connection, END_ACCOUNTS, now, id);
        return true;
    }

    /** An ended organization whose rows may go, locked until the transaction ends. */
    static Optional<UUID> next(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(NEXT);
                ResultSet row = statement.executeQuery()) {
            return row.next() ? Optional.of(row.getObject(1, UUID.class)) : Optional.empty();
        }
    }

    /** Removes at most so many rows of one table and says how many. */
    static int remove(Connection connection, UUID organizationId, String table, int most) throws SQLException {
        // A row of a partitioned table is told by its partition too.
        String sql = "delete from " + table + " where (tableoid, ctid) in (select tableoid, ctid from " + table
                + " where organization_id = ? limit ?)";
        return execute(connection, sql, organizationId, most);
    }

    /** Removes the organization itself, whose tables are empty. */
    static void remove(Connection connection, UUID organizationId) throws SQLException {
        execute(connection, "delete from organizations where id = ? and deleted_at is not null", organizationId);
    }

    private static int execute(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            return Binds.all(statement, values).executeUpdate();
        }
    }
}
