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

/** The columns of threads that name channel accounts. */
final class ThreadAccountStore {

    private static final String FORGET_LAST_INBOUND = """
            update threads set last_inbound_account_id = null where organization_id = ? and last_inbound_account_id = ?
            """;

    /** Nobody is shown a thread that is deleted or merged into another. */
    private static final String FORGET_HIDDEN = """
            update threads set channel_account_id = null
            where organization_id = ? and channel_account_id = ? and (deleted_at is not null or merged_into is not null)
            """;

    private static final String RELEASE = """
            with bound as materialized (
                select t.id from threads t
                where t.organization_id = ? and t.channel_account_id = ? and t.deleted_at is null and t.merged_into is null
                order by t.id limit ? for no key update
            )
            update threads t set channel_account_id = null, version = t.version + 1, updated_at = ?
            from bound where t.organization_id = ? and t.id = bound.id
            returning t.id
            """;

    private ThreadAccountStore() {}

    /** Forgets an account where nobody is to be told of it. */
    static void forget(Connection connection, UUID organization, UUID account) throws SQLException {
        for (String sql : List.of(FORGET_LAST_INBOUND, FORGET_HIDDEN)) {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setObject(1, organization);
                statement.setObject(2, account);
                statement.executeUpdate();
            }
        }
    }

    /** Unbinds at most so many threads from an account; which. */
    static List<ThreadKey> release(Connection connection, UUID organization, UUID account, Instant at, int most)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(RELEASE)) {
            statement.setObject(1, organization);
            statement.setObject(2, account);
            statement.setInt(3, most);
            statement.setObject(4, at.atOffset(ZoneOffset.UTC));
            statement.setObject(5, organization);
            List<ThreadKey> released = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    released.add(new ThreadKey(organization, row.getObject(1, UUID.class)));
                }
            }
            return released;
        }
    }
}
