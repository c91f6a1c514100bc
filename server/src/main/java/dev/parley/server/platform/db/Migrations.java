package dev.parley.server.platform.db;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.Flyway;

/**
 * Brings the schema to this release, under a lock, so that any number of nodes may start at once. Each migration leaves the
 * previous release working; a schema more than one release newer than this one is refused.
 */
public final class Migrations {

    /** The release of the schema that this code is written for. */
    static final int RELEASE = 1;

    private Migrations() {}

    /**
     * Runs what is missing.
     *
     * @throws UnusableDatabaseException when the schema is too new
     */
    public static void run(Database database) {
        Flyway.configure()
                .dataSource(database.dataSource())
                .locations("classpath:db/migration")
                .connectRetries(0)
                .ignoreMigrationPatterns("*:future")
                .load()
                .migrate();
        int release = database.call(connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("select release from schema_release")) {
                return row.next() ? row.getInt(1) : throwEmpty();
            }
        });
        if (release > RELEASE + 1) {
            throw new UnusableDatabaseException("The database's schema is of release " + release
                    + ", and this server knows " + RELEASE + " and one newer. Start a newer Parley.");
        }
    }

    private static int throwEmpty() throws SQLException {
        throw new SQLException("schema_release is empty", "XX000");
    }
}
