package dev.parley.server.threads;

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

/** The columns of threads that name channel accounts. */
final class ThreadAccountStore {

    private static final String NEXT =
            "select id from threads where organization_id = ? and id >= ? order by id offset ? limit 1";

    private static final String RANGE = " and t.id between ? and ?";

    private static final String FORGET_LAST_INBOUND = """
            with picked as materialized (
                select t.id from threads t where t.organization_id = ? and t.last_inbound_account_id = ?%s
                order by t.id for no key update
            )
            update threads t set last_inbound_account_id = null from picked where t.organization_id = ? and t.id = picked.id
            """.formatted(RANGE);

    /** Nobody is shown a thread that is deleted or merged into another. */
    private static final String FORGET_HIDDEN = """
            with picked as materialized (
                select t.id from threads t where t.organization_id = ? and t.channel_account_id = ?%s
                  and (t.deleted_at is not null or t.merged_into is not null)
                order by t.id for no key update
            )
            update threads t set channel_account_id = null from picked where t.organization_id = ? and t.id = picked.id
            """.formatted(RANGE);

    private static final String RELEASE = """
            with picked as materialized (
                select t.id from threads t where t.organization_id = ? and t.channel_account_id = ?%s
                  and t.deleted_at is null and t.merged_into is null
                order by t.id for no key update
            )
            update threads t set channel_account_id = null, version = t.version + 1, updated_at = ?
            from picked where t.organization_id = ? and t.id = picked.id
            returning t.id
            """.formatted(RANGE);

    private static final String POSTPONE = """
            insert into account_releases (organization_id, account_id, next_thread) values (?, ?, ?)
            on conflict (organization_id, account_id) do update set next_thread = excluded.next_thread
            """;

    private static final String POSTPONED = """
            select organization_id, account_id, next_thread from account_releases
            order by organization_id, account_id limit 1 for update skip locked
            """;

    private static final String FINISH = "delete from account_releases where organization_id = ? and account_id = ?";

    /** A removed account, and the first of the threads that may still name it. */
    record Postponed(UUID organizationId, UUID accountId, UUID next) {}

    private ThreadAccountStore() {}

    /** The thread that is so many after {@code from}; null when there are not so many. */
    static @Nullable UUID next(Connection connection, UUID organization, UUID from, int after) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(NEXT)) {
            statement.setObject(1, organization);
            statement.setObject(2, from);
            statement.setInt(3, after);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? row.getObject(1, UUID.class) : null;
            }
        }
    }

    /** Forgets an account where nobody is to be told of it, from one thread to another. */
    static void forget(Connection connection, UUID organization, UUID account, UUID from, UUID to) throws SQLException {
        for (String sql : List.of(FORGET_LAST_INBOUND, FORGET_HIDDEN)) {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                bind(statement, organization, account, from, to);
                statement.setObject(5, organization);
                statement.executeUpdate();
            }
        }
    }

    /** Unbinds threads from an account, from one to another; which. */
    static List<ThreadKey> release(
            Connection connection, UUID organization, UUID account, Instant at, UUID from, UUID to)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(RELEASE)) {
            bind(statement, organization, account, from, to);
            statement.setObject(5, at.atOffset(ZoneOffset.UTC));
            statement.setObject(6, organization);
            List<ThreadKey> released = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    released.add(new ThreadKey(organization, row.getObject(1, UUID.class)));
                }
            }
            return released;
        }
    }

    private static void bind(PreparedStatement statement, UUID organization, UUID account, UUID from, UUID to)
            throws SQLException {
        statement.setObject(1, organization);
        statement.setObject(2, account);
        statement.setObject(3, from);
        statement.setObject(4, to);
    }

    /** The rest is done later, from this thread on. */
    static void postpone(Connection connection, UUID organization, UUID account, UUID next) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(POSTPONE)) {
            statement.setObject(1, organization);
            statement.setObject(2, account);
            statement.setObject(3, next);
            statement.executeUpdate();
        }
    }

    /** One that no other node is at, locked until the transaction ends; null when there is none. */
    static @Nullable Postponed postponed(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(POSTPONED);
                ResultSet row = statement.executeQuery()) {
            return row.next()
                    ? new Postponed(
                            row.getObject(1, UUID.class), row.getObject(2, UUID.class), row.getObject(3, UUID.class))
                    : null;
        }
    }

    /** No thread names it any more. */
    static void finish(Connection connection, UUID organization, UUID account) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FINISH)) {
            statement.setObject(1, organization);
            statement.setObject(2, account);
            statement.executeUpdate();
        }
    }
}
