package dev.parley.server.threads;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Looks at what threads refer to. */
final class RelatedStore {

    private RelatedStore() {}

    /** What is wrong with a candidate that a thread is to have; null for nothing. It cannot be erased meanwhile. */
    static @Nullable ThreadOutcome candidate(Connection connection, UUID organization, UUID candidate)
            throws SQLException {
        String channel = text(
                connection,
                "select '' from candidates where organization_id = ? and id = ? and deleted_at is null for share",
                organization,
                candidate);
        return channel == null ? new ThreadOutcome.NoCandidate() : null;
    }

    /** What is wrong with an account that a thread on {@code channel} is to send from; null for nothing. */
    static @Nullable ThreadOutcome account(Connection connection, UUID organization, UUID account, String channel)
            throws SQLException {
        String found = text(
                connection,
                "select channel from channel_accounts where organization_id = ? and id = ? and deleted_at is null",
                organization,
                account);
        if (found == null) {
            return new ThreadOutcome.NoAccount();
        }
        return found.equals(channel) ? null : new ThreadOutcome.OtherChannel();
    }

    /** Whether a thread has messages, or one that was deleted is still being sent. */
    static boolean hasMessages(Connection connection, ThreadKey thread) throws SQLException {
        return text(
                        connection,
                        "select '' from messages where organization_id = ? and thread_id = ? "
                                + "and (deleted_at is null or phase = 'open') limit 1",
                        thread.organizationId(),
                        thread.threadId())
                != null;
    }

    /** Whether an id is a thread's, of whatever state. */
    static boolean isTaken(Connection connection, UUID organization, UUID id) throws SQLException {
        return text(connection, "select '' from threads where organization_id = ? and id = ?", organization, id)
                != null;
    }

    private static @Nullable String text(Connection connection, String sql, UUID organization, UUID id)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, organization);
            statement.setObject(2, id);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? row.getString(1) : null;
            }
        }
    }
}
