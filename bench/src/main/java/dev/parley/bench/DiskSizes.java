package dev.parley.bench;

import dev.parley.postgres.ConnectionFile;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;

/** What the database has on disk. Not thread-safe. */
final class DiskSizes implements AutoCloseable {

    private static final String TABLES = """
            select case when relname ~ '^events_p[0-9]+$' then 'events' else relname end, sum(pg_table_size(oid)),
                sum(pg_indexes_size(oid))
            from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace group by 1
            """;
    /** The reader of the log is through with what there is. */
    private static final String SEARCHABLE = """
            select not exists (select from events where position >
                (select position from event_readers where name = 'search') and resource_type = 'messages')
            """;

    private final Connection connection;

    DiskSizes(ConnectionFile file) throws SQLException {
        connection = LibraryRows.connect(file);
    }

    /**
     * Of one table, in bytes.
     *
     * @param rows with what overflows, free space and visibility
     * @param indexes all of them
     */
    record Size(long rows, long indexes) {

        long all() {
            return rows + indexes;
        }

        Size since(Size before) {
            return new Size(rows - before.rows, indexes - before.indexes);
        }
    }

    /**
     * At one time.
     *
     * @param tables by name; all parts of the event log are one
     * @param wal bytes of it since the database was made
     */
    record All(Map<String, Size> tables, long wal) {

        /** Nothing for a table that was not there yet. */
        Size of(String table) {
            return tables.getOrDefault(table, new Size(0, 0));
        }
    }

    All read() throws SQLException {
        Map<String, Size> tables = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(TABLES)) {
            while (rows.next()) {
                tables.put(rows.getString(1), new Size(rows.getLong(2), rows.getLong(3)));
            }
        }
        return new All(tables, wal());
    }

    long wal() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::int8")) {
            row.next();
            return row.getLong(1);
        }
    }

    boolean searchable() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(SEARCHABLE)) {
            row.next();
            return row.getBoolean(1);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
