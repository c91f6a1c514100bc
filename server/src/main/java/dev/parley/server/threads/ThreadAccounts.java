package dev.parley.server.threads;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;

/** What threads remember of channel accounts. */
public final class ThreadAccounts {

    private ThreadAccounts() {}

    /** Lets go of an account that is removed: threads that named it go through their channel's default from now on. */
    public static void release(Connection connection, UUID organization, UUID account, Instant at) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                update threads set
                    channel_account_id = nullif(channel_account_id, ?),
                    last_inbound_account_id = nullif(last_inbound_account_id, ?),
                    updated_at = ?
                where organization_id = ? and (channel_account_id = ? or last_inbound_account_id = ?)
                """)) {
            statement.setObject(1, account);
            statement.setObject(2, account);
            statement.setObject(3, OffsetDateTime.ofInstant(at, ZoneOffset.UTC));
            statement.setObject(4, organization);
            statement.setObject(5, account);
            statement.setObject(6, account);
            statement.executeUpdate();
        }
    }
}
