package dev.parley.server.search;

import dev.parley.server.platform.jsonapi.Binds;
import dev.parley.server.platform.jsonapi.ListSql;
import dev.parley.server.platform.jsonapi.Page;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Looks words up. */
final class SearchStore {

    private static final int MOST = ListSql.EXACT + 1;
    private static final int MOST_SECONDS = 5;

    // From segment to segment, and no further than needed. The segment's id is in each word, so the index alone leads
    // to what is
    // the organization's; an index of keys must not tempt the planner.
    static final String FIND = """
            select e.resource_id, e.created_at
            from (select id from search_segments where organization_id = ? and resource_type = ? order by number desc) s
            cross join lateral (
                select resource_id, created_at from search_entries
                where words @@ replace(?, '~', to_hex(s.id) || ':')::tsquery
                order by created_at desc, resource_id desc limit %1$d
            ) e
            limit %1$d
            """.formatted(MOST);

    // Two segments overlap where resources were made side by side.
    private static final String PAGE = "with found as materialized (" + FIND + """
            ) select (select count(*) from found),
                     array(select resource_id from found order by created_at desc, resource_id desc limit ? offset ?)
            """;

    private SearchStore() {}

    /**
     * The newest that have all of these words, by the order in which they were made.
     *
     * @param words a tsquery with {@link SearchText#SEGMENT}
     */
    static List<UUID> newest(Connection connection, UUID organization, String type, String words) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FIND)) {
            statement.setQueryTimeout(MOST_SECONDS);
            List<UUID> ids = new ArrayList<>();
            try (ResultSet row = Binds.all(statement, organization, type, words).executeQuery()) {
                while (row.next()) {
                    ids.add(row.getObject(1, UUID.class));
                }
            }
            return ids;
        }
    }

    /**
     * One page of the newest, the newest first. One that was deleted this moment may be among them.
     *
     * @param words a tsquery with {@link SearchText#SEGMENT}
     */
    static FoundPage page(Connection connection, UUID organization, String type, String words, int size, long offset)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(PAGE)) {
            statement.setQueryTimeout(MOST_SECONDS);
            try (ResultSet row = Binds.all(statement, organization, type, words, size, offset)
                    .executeQuery()) {
                row.next();
                long found = row.getLong(1);
                UUID[] ids = (UUID[]) row.getArray(2).getArray();
                return new FoundPage(List.of(ids), new Page.Count(found, found >= MOST));
            }
        }
    }
}
