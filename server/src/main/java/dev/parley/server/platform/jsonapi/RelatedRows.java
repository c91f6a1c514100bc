package dev.parley.server.platform.jsonapi;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Runs the statements of a {@link Related} on a connection, for any number of resources at once. */
public final class RelatedRows {

    private RelatedRows() {}

    /**
     * Rows by their ids.
     *
     * @param idColumn SQL expression that holds the id asked for
     */
    public static Map<UUID, Resource> byIds(
            Connection connection, ListSql sql, String idColumn, Collection<UUID> ids, Listing.RowReader reader)
            throws SQLException {
        Map<UUID, Resource> found = new HashMap<>();
        read(connection, sql.byIds(idColumn, ids), reader, found::put);
        return found;
    }

    /** The newest rows of each of {@code parents}, whose ids the filter's column holds. */
    public static Map<UUID, List<Resource>> newest(
            Connection connection,
            ListSql sql,
            Filter filter,
            Collection<UUID> parents,
            int most,
            Listing.RowReader reader)
            throws SQLException {
        Map<UUID, List<Resource>> found = new HashMap<>();
        read(
                connection,
                sql.newest(filter, parents, most),
                reader,
                (parent, row) ->
                        found.computeIfAbsent(parent, id -> new ArrayList<>()).add(row));
        return found;
    }

    private interface Taker {
        void take(UUID asked, Resource resource);
    }

    private static void read(Connection connection, ListSql.Sql sql, Listing.RowReader reader, Taker taker)
            throws SQLException {
        try (PreparedStatement statement = Listing.prepare(connection, sql);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                taker.take(rows.getObject(ListSql.ASKED, UUID.class), reader.read(rows));
            }
        }
    }
}
