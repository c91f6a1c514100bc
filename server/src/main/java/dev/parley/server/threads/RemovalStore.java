package dev.parley.server.threads;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;

/** The statements that take a thread out of service. */
final class RemovalStore {

    private static final String MARK = """
            update threads t set deleted_at = ?, updated_at = ?, version = version + 1, emptying = true,
                   former_addresses = (select array_agg(a.value) from thread_addresses a
                                       where a.organization_id = t.organization_id and a.thread_id = t.id)
            where t.organization_id = ? and t.id = ? and t.deleted_at is null
            """;

    private RemovalStore() {}

    /** Hides the thread and remembers what its addresses were. */
    static void mark(Connection connection, ThreadKey thread, Instant now) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(MARK)) {
            statement.setObject(1, now.atOffset(ZoneOffset.UTC));
            statement.setObject(2, now.atOffset(ZoneOffset.UTC));
            statement.setObject(3, thread.organizationId());
            statement.setObject(4, thread.threadId());
            statement.executeUpdate();
        }
    }

    /** Whatever was to be sent is not any more. */
    static void endDuty(Connection connection, ThreadKey thread) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "delete from thread_dispatch where organization_id = ? and thread_id = ?")) {
            statement.setObject(1, thread.organizationId());
            statement.setObject(2, thread.threadId());
            statement.executeUpdate();
        }
    }
}
