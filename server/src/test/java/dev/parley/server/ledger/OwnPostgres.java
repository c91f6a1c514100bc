package dev.parley.server.ledger;

import dev.parley.postgres.PostgresOptions;
import dev.parley.postgres.PostgresServer;
import dev.parley.testkit.postgres.PostgresBinaries;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.awaitility.Awaitility;

/** A durable PostgreSQL that outlives the servers which use it. Each server has a role of its own, so that its sessions show. */
final class OwnPostgres implements AutoCloseable {

    private static final String PASSWORD = "ledger";

    private final PostgresServer server;

    OwnPostgres(Path folder) {
        server = PostgresServer.start(PostgresOptions.in(folder).withBinaries(PostgresBinaries.folder()));
    }

    /** What a node of this name passes as {@code --database-url}. */
    String urlFor(String node) {
        return urlFor(node, server.port());
    }

    /** The same through something that stands before it. */
    String urlFor(String node, int port) {
        execute("create role " + node + " superuser login password '" + PASSWORD + "'");
        return "postgresql://" + node + ":" + PASSWORD + "@127.0.0.1:" + port + "/parley";
    }

    int port() {
        return server.port();
    }

    /** How many attempts are under way for all that the database knows, once no session of a killed node is left. */
    int openAttempts(String killedNode) {
        Awaitility.await("the sessions of " + killedNode + " end")
                .until(() -> count("select count(*) from pg_stat_activity where usename = '" + killedNode + "'") == 0);
        return count("select count(*) from attempts where outcome is null");
    }

    /** What the nodes leave behind that use this data folder. */
    MediaAftermath aftermath(Path data) {
        return new MediaAftermath(server.jdbcUrl(), server.username(), server.password(), data);
    }

    int count(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getInt(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    void execute(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(server.jdbcUrl(), server.username(), server.password());
    }

    @Override
    public void close() {
        server.close();
    }
}
