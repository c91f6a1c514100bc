package dev.parley.server.search;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Says how far the search is behind. */
public final class SearchLoadStore {

    private static final String READ = """
            select (select position from event_readers where name = 'search'), (select count(*) from search_backfills)
            """;

    private SearchLoadStore() {}

    /**
     * How far the search is.
     *
     * @param position up to where the event log was turned into entries
     * @param backfills organizations and types of which some resources have no entry yet
     */
    public record Load(long position, long backfills) {}

    /** Over all organizations. */
    public static Load read(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(READ);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return new Load(row.getLong(1), row.getLong(2));
        }
    }
}
