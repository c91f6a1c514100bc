package dev.parley.server.platform.db;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;

/** Reads the database's clock. */
final class ClockStore {

    private ClockStore() {}

    static Instant now(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select parley_now()");
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getObject(1, OffsetDateTime.class).toInstant();
        }
    }
}
