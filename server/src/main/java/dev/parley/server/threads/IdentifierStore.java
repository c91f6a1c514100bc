package dev.parley.server.threads;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** What kind of address a thread is called by. */
final class IdentifierStore {

    /**
     * An identifier among its thread's addresses.
     *
     * @param kind of the address; empty when the thread has no such address
     * @param former whether it names the person no longer
     */
    record Use(String kind, boolean former) {}

    private IdentifierStore() {}

    static Use use(Connection connection, MessageThread thread) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                select kind, former_at is not null from thread_addresses
                where organization_id = ? and thread_id = ? and value = ? order by former_at nulls first limit 1
                """)) {
            statement.setObject(1, thread.organizationId());
            statement.setObject(2, thread.id());
            statement.setString(3, thread.identifier());
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? new Use(row.getString(1), row.getBoolean(2)) : new Use("", false);
            }
        }
    }
}
