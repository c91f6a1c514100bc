package dev.parley.bench;

import dev.parley.postgres.ConnectionFile;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The server's own database, seen past the server. Not thread-safe. */
final class FloorDatabase implements AutoCloseable {

    private static final List<String> SETTINGS = List.of(
            "fsync",
            "full_page_writes",
            "synchronous_commit",
            "wal_sync_method",
            "shared_buffers",
            "huge_pages_status",
            "max_wal_size",
            "wal_buffers");

    private final ConnectionFile file;
    private final Connection connection;
    private final boolean statements;

    private FloorDatabase(ConnectionFile file, Connection connection, boolean statements) {
        this.file = file;
        this.connection = connection;
        this.statements = statements;
    }

    /** Of the server on that data folder; its database goes with this run's processes. */
    static FloorDatabase of(Path data, Children children) throws SQLException, IOException {
        return of(data, children, false);
    }

    /** @param statements whether it counts statements */
    static FloorDatabase of(Path data, Children children, boolean statements) throws SQLException, IOException {
        ConnectionFile file = ConnectionFile.read(data.resolve("postgres"))
                .orElseThrow(() -> new IOException("the server's database does not run"));
        FloorDatabase database = new FloorDatabase(
                file, DriverManager.getConnection(file.jdbcUrl(), file.username(), file.password()), statements);
        children.note(database.postmaster());
        return database;
    }

    ConnectionFile file() {
        return file;
    }

    String name() throws SQLException {
        return text("select current_database()");
    }

    /** A table as messages is, with its indexes, constraints and room for updates. */
    void makeTable() throws SQLException {
        execute("create table bench_messages (like messages including all) with (fillfactor = 85)");
    }

    /** Both sides begin with as little left to write. */
    void checkpoint() throws SQLException {
        execute("checkpoint");
    }

    /** Statistics and dead rows as autovacuum leaves them, at a time that is chosen rather than met. */
    void vacuum() throws SQLException {
        execute("vacuum (analyze) messages");
        execute("vacuum (analyze) thread_dispatch");
        execute("vacuum (analyze) attempts");
        execute("vacuum (analyze) callback_updates");
        execute("vacuum (analyze) events");
        execute("vacuum (analyze) bench_messages");
    }

    /** The same of these tables alone. */
    void vacuum(String... tables) throws SQLException {
        for (String table : tables) {
            execute("vacuum (analyze) " + table);
        }
    }

    long outbound() throws SQLException {
        return Long.parseLong(text("select count(*) from messages where origin = 'outbound'"));
    }

    /** Messages that have not come to their end: the simulator reports each as sent, delivered and read. */
    long unsettled() throws SQLException {
        return Long.parseLong(text("select count(*) from messages where origin = 'outbound'"
                + " and delivery_status not in ('read', 'failed')"));
    }

    /** Of those accepted since then, in all organizations. */
    long unsettled(Instant since) throws SQLException {
        return Long.parseLong(text("select count(*) from organizations o cross join lateral (select from messages m"
                + " where m.organization_id = o.id and m.created_at >= '" + since + "' and m.origin = 'outbound'"
                + " and m.delivery_status not in ('read', 'failed')) n"));
    }

    /** Whether messages wait, are under way, or were reported on by updates that are not applied yet, or are to be. */
    boolean unfinished() throws SQLException {
        return text("select exists (select from thread_dispatch where has_work)"
                                + " or exists (select from callback_updates where state = 'pending')"
                                + " or exists (select from webhook_deliveries where status = 'pending')"
                                + " or exists (select from webhooks) and (select position from event_readers where name = 'webhooks')"
                                + " < (select last_value from event_positions)")
                        .equals("t")
                || unsettled() > 0;
    }

    /** Changes of messages since then: sent, delivered and read, but for those that were behind a later one already. */
    int changes(Instant since) throws SQLException {
        return Integer.parseInt(text("select count(*) from events where resource_type = 'messages' and event = 'update'"
                + " and created_at >= '" + since + "'"));
    }

    /** Microseconds from each change of messages made since then until the receiver's answer to it was recorded. */
    Spread told(Instant since) throws SQLException {
        List<Long> micros = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("select extract(epoch from d.updated_at - e.created_at) * 1000000"
                                + " from webhook_deliveries d join events e on e.organization_id = d.organization_id"
                                + " and e.position = d.position where d.status = 'delivered' and e.created_at >= '"
                                + since + "'")) {
            while (rows.next()) {
                micros.add(rows.getLong(1));
            }
        }
        return new Spread(micros.stream().mapToLong(Long::longValue).toArray());
    }

    /** What the database has counted by now. */
    Counts counts() throws SQLException {
        return CountsReader.read(connection, statements);
    }

    /** The process that all others of the database descend from. */
    long postmaster() throws SQLException {
        return Long.parseLong(text("select split_part(pg_read_file('postmaster.pid'), e'\\n', 1)"));
    }

    List<String> promises() throws SQLException {
        List<String> lines = new ArrayList<>();
        for (String setting : SETTINGS) {
            lines.add(setting + "=" + text("select current_setting('" + setting + "')"));
        }
        return lines;
    }

    String version() throws SQLException {
        return text("select current_setting('server_version')");
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private String text(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
