package dev.parley.server.media;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** How many files are still at providers, for whoever watches the server. */
public final class MediaLoadStore {

    private static final String WAITING = "select count(*) from (select from media_downloads limit 10000) d";

    private MediaLoadStore() {}

    /** Counts them, up to 10,000. */
    public static long waiting(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(WAITING);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }
}
