package dev.parley.server.events;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Between which positions the log can have events, of all organizations. */
public final class PositionStore {

    // The lowest bound of the partitions that are left: what lies below was dropped.
    private static final String OLDEST = """
            select coalesce(min(substring(c.relname from 'events_p([0-9]+)$')::int8), 0) << 40
            from pg_inherits i join pg_class c on c.oid = i.inhrelid
            where i.inhparent = 'events'::regclass
            """;

    private PositionStore() {}

    /** The last position that was taken. */
    public static long last(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select case when is_called then last_value else 0 end from event_positions")) {
            row.next();
            return row.getLong(1);
        }
    }

    /** The first position that is not dropped: 0 while nothing was. */
    public static long oldest(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(OLDEST)) {
            row.next();
            return row.getLong(1);
        }
    }
}
