package dev.parley.testkit.postgres;

import dev.parley.postgres.PostgresOptions;
import dev.parley.postgres.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A PostgreSQL of its own that is as durable as the embedded one, and counts how often its clients waited for the log to be on
 * disk: the tests' shared one leaves that out. Belongs to one thread.
 */
public final class DurablePostgres implements AutoCloseable {

    private static final String FLUSHES =
            "select coalesce(sum(fsyncs), 0) from pg_stat_io where object = 'wal' and backend_type = 'client backend'";
    private static final String OTHERS =
            "select count(*) from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()";

    private final PostgresServer server;

    /** @param folder empty; removed by whoever made it */
    public DurablePostgres(Path folder) {
        server = PostgresServer.start(PostgresOptions.in(folder).withBinaries(PostgresBinaries.folder()));
    }

    /** Its database, without a schema. It goes with the server: do not close it. */
    public TestDatabase database() {
        return TestDatabase.of(server);
    }

    /**
     * How often the sessions that have ended waited for the log, since the server was started; -1 while other sessions are open, for
     * a session tells when it ends.
     */
    public long flushes() throws SQLException {
        try (Connection connection = database().connect()) {
            return number(connection, OTHERS) > 0 ? -1 : number(connection, FLUSHES);
        }
    }

    private static long number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
