package dev.parley.testkit.postgres;

import dev.parley.postgres.PostgresOptions;
import dev.parley.postgres.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TimeZone;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * One PostgreSQL for all tests of this JVM, started at the first use and stopped at the JVM's end. When it cannot be
 * started the test fails; it is never skipped. Safe for several threads.
 *
 * <p>Its first use sets this JVM's time zone to {@link #TIME_ZONE}: the driver gives each session the JVM's zone,
 * whatever the server's settings say, and a zone that is neither UTC nor a whole number of hours away from it makes
 * mistakes show.
 */
public final class TestPostgres {
    /** Of each session: UTC+05:45. */
    public static final String TIME_ZONE = "Asia/Kathmandu";

    private static final AtomicInteger COUNTER = new AtomicInteger();
    private static final Map<String, Template> TEMPLATES = new ConcurrentHashMap<>();

    private TestPostgres() {}

    /** Started by the class loader's own lock, at the first use. */
    private static final class Shared {
        static final PostgresServer SERVER = start();

        private static PostgresServer start() {
            TimeZone.setDefault(TimeZone.getTimeZone(TIME_ZONE));
            Path folder = TestFolders.data();
            PostgresServer server = PostgresServer.start(PostgresOptions.in(folder)
                    .withBinaries(PostgresBinaries.folder())
                    .notDurable()
                    .withSettings(Map.of("max_connections", "400", "max_wal_size", "256MB", "timezone", TIME_ZONE)));
            Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> {
                server.close();
                TestFolders.remove(folder);
            }));
            return server;
        }
    }

    /** The shared server itself, for tests of what happens to it. */
    public static PostgresServer server() {
        return Shared.SERVER;
    }

    /** A new, empty database. */
    public static TestDatabase create() {
        return copy("template1");
    }

    /**
     * A template that new databases are copied from. It is prepared once per JVM and {@code name}, at the first use.
     *
     * @param name letters, digits and underscores; one meaning per JVM
     * @param prepare fills it, for example by migrating; must close its connections
     */
    public static Template template(String name, Consumer<TestDatabase> prepare) {
        if (!name.matches("[a-z][a-z0-9_]{0,40}")) {
            throw new IllegalArgumentException("name: " + name + " (expected: lower case, digits, underscores)");
        }
        return TEMPLATES.computeIfAbsent(name, key -> {
            // Dropped first: an earlier attempt may have failed half way.
            drop("template_" + key);
            TestDatabase made = copy("template1", "template_" + key);
            prepare.accept(made);
            return new Template(made.name());
        });
    }

    /** A prepared database to copy. */
    public static final class Template {
        private final String name;

        private Template(String name) {
            this.name = name;
        }

        /** A new database with all that is in the template. */
        public TestDatabase create() {
            return copy(name);
        }
    }

    private static TestDatabase copy(String template) {
        return copy(template, "test_" + COUNTER.incrementAndGet());
    }

    private static TestDatabase copy(String template, String name) {
        // Measured with 40 tables and 160 indexes, fsync off, on a disk: 26 ms to make and 11 ms to drop; wal_log takes
        // 27 and 24.
        run("create database " + name + " template " + template + " strategy file_copy");
        PostgresServer server = server();
        return new TestDatabase(name, server.jdbcUrl(name), server.username(), server.password());
    }

    static void drop(String name) {
        run("drop database if exists " + name + " with (force)");
    }

    private static void run(String sql) {
        PostgresServer server = server();
        try (Connection connection =
                        DriverManager.getConnection(server.jdbcUrl(), server.username(), server.password());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException("The test database server refused: " + sql, e);
        }
    }
}
