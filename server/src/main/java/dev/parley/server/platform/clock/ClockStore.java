package dev.parley.server.platform.clock;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;

/** Reads the database's clock, of no organization. */
final class ClockStore {

    private ClockStore() {}

    /** What everything in the database goes by. */
    static Instant now(Connection connection) throws SQLException {
        return time(connection, "select parley_now()");
    }

    /** What its machine says. */
    static Instant machineTime(Connection connection) throws SQLException {
        return time(connection, "select clock_timestamp()");
    }

    private static Instant time(Connection connection, String query) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getObject(1, OffsetDateTime.class).toInstant();
        }
    }
}
