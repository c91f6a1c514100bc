package dev.parley.server.surface;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.NullUnmarked;

/** Every row that the database holds of an organization. */
@NullUnmarked
final class Rows {

    /** Written by the work beside the requests, on its own time. */
    private static final Set<String> BACKGROUND = Set.of("webhook_deliveries", "webhook_endpoints");

    private Rows() {}

    /** Whether entries of the search are made of all that happened so far: they come behind the answers. */
    static boolean searchable(World world) throws SQLException {
        try (Connection connection = world.server.connect();
                Statement statement = connection.createStatement()) {
            return strings(statement, """
                            select (r.position >= p.last_value)::text from event_readers r, event_positions p
                            where r.name = 'search'""").equals(List.of("true"));
        }
    }

    /** The rows by table, sorted. */
    static TreeMap<String, List<String>> of(World world, String organization) throws SQLException {
        TreeMap<String, List<String>> rows = new TreeMap<>();
        try (Connection connection = world.server.connect();
                Statement statement = connection.createStatement()) {
            for (String table : strings(statement, """
                    select c.table_name from information_schema.columns c
                    join information_schema.tables t using (table_schema, table_name)
                    where c.table_schema = current_schema() and c.column_name = 'organization_id'
                    and t.table_type = 'BASE TABLE' order by 1""")) {
                if (!BACKGROUND.contains(table)) {
                    // When a token was used is noted up to a minute later.
                    String query = "select (to_jsonb(r) - 'last_used_at')::text from " + table
                            + " r where organization_id = '" + organization + "' order by 1";
                    rows.put(table, strings(statement, query));
                }
            }
        }
        return rows;
    }

    private static List<String> strings(Statement statement, String query) throws SQLException {
        List<String> all = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                all.add(rows.getString(1));
            }
        }
        return all;
    }
}
