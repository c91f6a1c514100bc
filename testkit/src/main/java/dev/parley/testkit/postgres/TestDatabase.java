package dev.parley.testkit.postgres;

import dev.parley.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/**
 * A database that belongs to one test. Closing it ends whatever sessions are left and drops it.
 *
 * @param name in the server
 * @param jdbcUrl without user and password
 * @param username an account that may do everything
 * @param password its password, worth nothing outside of this test run
 */
public record TestDatabase(String name, String jdbcUrl, String username, String password) implements AutoCloseable {

    /** The database of a server of its own, without a schema. It goes with the server: do not close it. */
    static TestDatabase of(PostgresServer server) {
        return new TestDatabase("parley", server.jdbcUrl(), server.username(), server.password());
    }

    /** A new connection, which the caller closes. Its time zone is {@link TestPostgres#TIME_ZONE}, not UTC. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(jdbcUrl, username, password);
    }

    @Override
    public void close() {
        TestPostgres.drop(name);
    }

    @Override
    public String toString() {
        return "TestDatabase[" + name + "]";
    }
}
