package dev.parley.server.dispatch;

import dev.parley.server.accounts.Account;
import dev.parley.server.accounts.AccountReader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What providers are still to be told of as read. */
final class ReceiptStore {

    /** One of them. */
    record Owed(UUID organizationId, UUID threadId, UUID accountId, String providerMessageId, int tries) {}

    // Whoever takes one puts it off for as long as the call may take, so that another node does not tell it too.
    private static final String TAKE = """
            with due as materialized (
                select * from read_receipts where due_at <= parley_now() order by due_at limit ? for update skip locked
            )
            update read_receipts r set tries = r.tries + 1, due_at = parley_now() + ? * interval '1 second'
            from due d
            where r.organization_id = d.organization_id and r.thread_id = d.thread_id and r.account_id = d.account_id
            returning r.organization_id, r.thread_id, r.account_id, r.provider_message_id, r.tries
            """;

    // A newer message may have been read meanwhile: then that is still to be told.
    private static final String DONE = """
            delete from read_receipts
            where organization_id = ? and thread_id = ? and account_id = ? and provider_message_id = ?
            """;

    private static final String LATER = """
            update read_receipts set due_at = parley_now() + ? * interval '1 second'
            where organization_id = ? and thread_id = ? and account_id = ? and provider_message_id = ?
            """;

    private static final String EXPIRE =
            "delete from read_receipts where written_at < parley_now() - interval '30 days'";

    private ReceiptStore() {}

    /** Some that are due; they are put off for as long as the call may take. */
    static List<Owed> take(Connection connection, int most, Duration call) throws SQLException {
        try (PreparedStatement expire = connection.prepareStatement(EXPIRE)) {
            expire.executeUpdate();
        }
        try (PreparedStatement statement = connection.prepareStatement(TAKE)) {
            statement.setInt(1, most);
            statement.setLong(2, call.toSeconds());
            List<Owed> owed = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    owed.add(new Owed(
                            row.getObject(1, UUID.class),
                            row.getObject(2, UUID.class),
                            row.getObject(3, UUID.class),
                            row.getString(4),
                            row.getInt(5)));
                }
            }
            return owed;
        }
    }

    /** The account through which the message came; null when it is gone. */
    static @Nullable Account account(Connection connection, AccountReader reader, Owed owed) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select " + AccountReader.COLUMNS
                + " from channel_accounts a where a.organization_id = ? and a.id = ?")) {
            statement.setObject(1, owed.organizationId());
            statement.setObject(2, owed.accountId());
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? reader.read(row) : null;
            }
        }
    }

    static void done(Connection connection, Owed owed) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(DONE)) {
            bind(statement, 1, owed);
            statement.executeUpdate();
        }
    }

    static void later(Connection connection, Owed owed, Duration wait) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LATER)) {
            statement.setLong(1, wait.toSeconds());
            bind(statement, 2, owed);
            statement.executeUpdate();
        }
    }

    private static void bind(PreparedStatement statement, int at, Owed owed) throws SQLException {
        statement.setObject(at, owed.organizationId());
        statement.setObject(at + 1, owed.threadId());
        statement.setObject(at + 2, owed.accountId());
        statement.setString(at + 3, owed.providerMessageId());
    }
}
