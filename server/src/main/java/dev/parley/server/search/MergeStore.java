package dev.parley.server.search;

import dev.parley.server.platform.jsonapi.Binds;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Moves entries between segments, for whoever has the lock on writing them. */
final class MergeStore {

    private static final String OPENED = "select last_value from search_segments_id_seq";

    private static final String MANY = """
            select organization_id, resource_type, array_agg(id order by number desc), array_agg(entries order by number desc)
            from search_segments group by organization_id, resource_type having count(*) > ?
            order by organization_id, resource_type
            """;

    // The oldest first: what is left behind is newer than all that lies in the older segment. Who deletes an entry has
    // locked it and may wait for others, so that it is not waited for.
    private static final String MOVE = """
            update search_entries set segment_id = ?, words = array_to_tsvector(array(
                select to_hex(?::bigint) || substr(w, strpos(w, ':')) from unnest(tsvector_to_array(words)) w))
            where organization_id = ? and ctid = any (array(
                select ctid from search_entries where organization_id = ? and segment_id = ?
                order by created_at, resource_id limit ? for update skip locked))
            """;

    private static final String COUNT = """
            update search_segments set entries = entries + case when id = ? then ? else -? end
            where organization_id = ? and id = any (array[?, ?])
            """;

    private static final String REMOVE_EMPTY = """
            delete from search_segments s where s.organization_id = ? and s.resource_type = ?
            and s.number < (select max(number) from search_segments where organization_id = ? and resource_type = ?)
            and (select e.segment_id from search_entries e
                where e.organization_id = s.organization_id and e.segment_id = s.id limit 1) is null
            """;

    private MergeStore() {}

    /** The segments of one organization and type, the newest first. */
    record Segments(UUID organizationId, String type, List<Layers.Segment> newestFirst) {}

    /** Changes with each segment that is opened. */
    static long opened(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(OPENED);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    /** Those of each organization and type that has more segments than that. */
    static List<Segments> moreThan(Connection connection, int count) throws SQLException {
        List<Segments> all = new ArrayList<>();
        try (PreparedStatement statement = Binds.all(connection.prepareStatement(MANY), count);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                Long[] ids = (Long[]) row.getArray(3).getArray();
                Integer[] entries = (Integer[]) row.getArray(4).getArray();
                List<Layers.Segment> segments = new ArrayList<>(ids.length);
                for (int i = 0; i < ids.length; i++) {
                    segments.add(new Layers.Segment(ids[i], entries[i]));
                }
                all.add(new Segments(row.getObject(1, UUID.class), row.getString(2), segments));
            }
        }
        return all;
    }

    /** Moves the oldest entries of a segment to the next older one; a segment that is left empty goes. */
    static void move(Connection connection, UUID organization, String type, Layers.Step step, int most)
            throws SQLException {
        long from = step.from().id();
        long to = step.to().id();
        int moved = run(connection, MOVE, to, to, organization, organization, from, most);
        SortInStatement.run(connection);
        run(connection, COUNT, to, moved, moved, organization, from, to);
        if (moved < most) {
            run(connection, REMOVE_EMPTY, organization, type, organization, type);
        }
    }

    private static int run(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            return Binds.all(statement, values).executeUpdate();
        }
    }
}
