package dev.parley.server.events;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The last position that was taken. */
final class PositionStore {

    private PositionStore() {}

    static long last(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select case when is_called then last_value else 0 end from event_positions")) {
            row.next();
            return row.getLong(1);
        }
    }
}
