package dev.parley.server.search;

import dev.parley.server.platform.jsonapi.Binds;
import dev.parley.server.platform.jsonapi.ListScope;
import dev.parley.server.platform.jsonapi.ListSql;
import dev.parley.server.platform.jsonapi.LongLists;
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

    /**
     * So many are read for an early page of a search that is known to find more than is counted. Its rows end well before, where
     * no segment that was not read can have a newer one.
     */
    private static final int EARLY = 1_000;

    private static final int EARLY_END = EARLY / 2;

    // From segment to segment, and no further than needed. The segment's id is in each word, so the index alone leads
    // to what is
    // the organization's; an index of keys must not tempt the planner.
    static final String FIND = finding(MOST);

    // Two segments overlap where resources were made side by side.
    private static final String PAGE = page(MOST);

    private static final String EARLY_PAGE = page(EARLY);

    private SearchStore() {}

    private static String finding(int most) {
        return """
                select e.resource_id, e.created_at
                from (
                    select id from search_segments where organization_id = ? and resource_type = ? order by number desc
                ) s
                cross join lateral (
                    select resource_id, created_at from search_entries
                    where words @@ replace(?, '~', to_hex(s.id) || ':')::tsquery
                    order by created_at desc, resource_id desc limit %1$d
                ) e
                limit %1$d
                """.formatted(most);
    }

    private static String page(int most) {
        return "with found as materialized (" + finding(most) + """
                ) select (select count(*) from found),
                         array(select resource_id from found order by created_at desc, resource_id desc limit ? offset ?)
                """;
    }

    /**
     * The newest that have all of these words, by the order in which they were made.
     *
     * @param words a tsquery with {@link SearchText#SEGMENT}
     */
    static List<UUID> newest(Connection connection, UUID organization, String type, String words) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FIND)) {
            ListScope.current().limit(statement);
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
        ListSql.Sql asked = new ListSql.Sql(FIND, List.of(organization, type, words));
        LongLists longLists = ListScope.current().longLists();
        Page.Count known = offset + size <= EARLY_END ? longLists.find(asked) : null;
        if (known != null) {
            Read early = read(connection, EARLY_PAGE, asked, size, offset);
            if (early.found() == EARLY) {
                return new FoundPage(early.ids(), known);
            }
        }
        Read whole = read(connection, PAGE, asked, size, offset);
        Page.Count total = new Page.Count(whole.found(), whole.found() >= MOST);
        longLists.counted(asked, total);
        return new FoundPage(whole.ids(), total);
    }

    private record Read(List<UUID> ids, long found) {}

    private static Read read(Connection connection, String page, ListSql.Sql asked, int size, long offset)
            throws SQLException {
        List<Object> values = new ArrayList<>(asked.binds());
        values.add(size);
        values.add(offset);
        try (PreparedStatement statement = connection.prepareStatement(page)) {
            ListScope.current().limit(statement);
            try (ResultSet row = Binds.all(statement, values.toArray()).executeQuery()) {
                row.next();
                UUID[] ids = (UUID[]) row.getArray(2).getArray();
                return new Read(List.of(ids), row.getLong(1));
            }
        }
    }
}
