package dev.parley.postgres;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** The database inside of the server that is ours. */
final class Database {
    private static final String NO_SUCH_DATABASE = "3D000";

    private Database() {}

    /** Makes the database when it is missing, and proves that connections work. */
    static void ensure(int port, String name, String username, String password) {
        try (Connection connection = connect(port, name, username, password)) {
            connection.isValid(10);
        } catch (SQLException e) {
            if (!NO_SUCH_DATABASE.equals(e.getSQLState())) {
                throw refused(e);
            }
            create(port, name, username, password);
        }
    }

    private static void create(int port, String name, String username, String password) {
        try (Connection connection = connect(port, "postgres", username, password);
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
        } catch (SQLException e) {
            throw refused(e);
        }
    }

    private static Connection connect(int port, String name, String username, String password) throws SQLException {
        return DriverManager.getConnection(PostgresServer.url(port, name), username, password);
    }

    private static PostgresException refused(SQLException e) {
        return new PostgresException("PostgreSQL runs but refuses the connection (SQL state " + e.getSQLState()
                + "). Its password lies in the file 'password' beside the cluster; a backup must hold both.");
    }
}
