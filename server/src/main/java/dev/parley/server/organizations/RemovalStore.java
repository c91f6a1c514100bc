package dev.parley.server.organizations;

import dev.parley.server.platform.jsonapi.Binds;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Ends an organization and removes what it had. The one store that removes rows of every feature: nobody else is left to
 * own them.
 */
final class RemovalStore {

    /** Every table with rows of an organization but the events and the audit log, which stays, in the order in which they are emptied. */
    static final List<String> TABLES = List.of(
            "tokens",
            "webhooks",
            "webhook_moves",
            "webhook_deliveries",
            "webhook_endpoints",
            "callback_routes",
            "callback_updates",
            "thread_dispatch",
            "account_dispatch",
            "idempotency_keys",
            "kept_answers",
            "attempts",
            "media_downloads",
            "media_uploads",
            "message_metadata",
            "messages",
            "media_files",
            "erased_provider_messages",
            "erased_addresses",
            "account_releases",
            "thread_merges",
            "thread_windows",
            "read_receipts",
            "thread_addresses",
            "conversations",
            "threads",
            "message_templates",
            "user_candidates",
            "users",
            "candidates",
            "candidate_statuses",
            "search_backfills",
            "search_entries",
            "search_segments",
            "channel_accounts");

    private static final String END = """
            update organizations set deleted_at = parley_now(), version = version + 1
            where id = ? and deleted_at is null
            """;

    private static final String END_ACCOUNTS = """
            update channel_accounts set deleted_at = parley_now(), version = version + 1
            where organization_id = ? and deleted_at is null
            """;

    private static final String NEXT = """
            select id from organizations
            where deleted_at <= parley_now() - ? * interval '1 second'
            order by deleted_at, id limit 1
            for update skip locked
            """;

    // Positions never change, so the index finds the next ones; the rows of other tables are found by where they lie.
    private static final String REMOVE_EVENTS = """
            delete from events where organization_id = ? and position <= (
                select max(e.position) from (
                    select position from events where organization_id = ? order by position limit ?) e)
            """;

    private RemovalStore() {}

    /** Ends an organization that is locked: no token works, no account sends, no callback finds it. */
    static void end(Connection connection, UUID id) throws SQLException {
        execute(connection, END, id);
        TokenStore.remove(connection, id);
        execute(connection, "delete from callback_routes where organization_id = ?", id);
        execute(connection, END_ACCOUNTS, id);
    }

    /** The organization that was ended first, at least so long ago, locked until the transaction ends. */
    static Optional<UUID> next(Connection connection, Duration ago) throws SQLException {
        try (PreparedStatement statement = Binds.all(connection.prepareStatement(NEXT), ago.toSeconds());
                ResultSet row = statement.executeQuery()) {
            return row.next() ? Optional.of(row.getObject(1, UUID.class)) : Optional.empty();
        }
    }

    /** Removes at most so many rows of one of {@link #TABLES} and says how many. */
    static int removeRows(Connection connection, String table, UUID id, int most) throws SQLException {
        String sql = "delete from " + table + " where organization_id = ? and ctid = any (array(select ctid from "
                + table + " where organization_id = ? limit ? for update))";
        return execute(connection, sql, id, id, most);
    }

    /** Removes at most so many events and says how many. */
    static int removeEvents(Connection connection, UUID id, int most) throws SQLException {
        return execute(connection, REMOVE_EVENTS, id, id, most);
    }

    /** Removes the organization itself, of which nothing else is left, and says how many rows that was. */
    static int removeOrganization(Connection connection, UUID id) throws SQLException {
        return execute(connection, "delete from organizations where id = ? and deleted_at is not null", id);
    }

    private static int execute(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            return Binds.all(statement, values).executeUpdate();
        }
    }
}
