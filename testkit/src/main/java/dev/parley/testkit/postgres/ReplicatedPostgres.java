package dev.parley.testkit.postgres;

import dev.parley.postgres.PostgresOptions;
import dev.parley.postgres.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A PostgreSQL and a replica that follows it (PostgreSQL documentation, 26.2). The first can be killed for good, and the replica
 * promoted then. Belongs to one thread.
 */
public final class ReplicatedPostgres implements AutoCloseable {

    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final String CLUSTER = "cluster";
    private static final String PASSWORD = "password";

    private final PostgresServer primary;
    private final PostgresServer replica;

    /** @param folder empty; removed by whoever made it */
    public ReplicatedPostgres(Path folder) throws IOException {
        Path first = folder.resolve("first");
        Path second = folder.resolve("second");
        // Stopped cleanly, its files are a backup.
        start(first, Map.of()).close();
        copy(first, second);
        primary = start(first, Map.of());
        try {
            replica = start(
                    second,
                    Map.of(
                            "primary_conninfo",
                            "host=127.0.0.1 port=" + primary.port() + " user=" + primary.username() + " password="
                                    + primary.password()));
        } catch (RuntimeException | Error e) {
            primary.close();
            throw e;
        }
    }

    private static PostgresServer start(Path folder, Map<String, String> settings) {
        return PostgresServer.start(PostgresOptions.in(folder)
                .withBinaries(PostgresBinaries.folder())
                .withSettings(settings));
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        Files.copy(from.resolve(PASSWORD), to.resolve(PASSWORD), StandardCopyOption.COPY_ATTRIBUTES);
        try (Stream<Path> all = Files.walk(from.resolve(CLUSTER))) {
            for (Path path : (Iterable<Path>) all::iterator) {
                Files.copy(path, to.resolve(from.relativize(path)), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        // Its being there makes a standby. Nobody has to write to it.
        Files.createFile(to.resolve(CLUSTER).resolve("standby.signal"));
    }

    /** From now on a commit is answered when it is on the replica's disk too. Returns once that holds. */
    public void becomeSynchronous() throws SQLException {
        execute(primary, "alter system set synchronous_standby_names = '*'");
        execute(primary, "select pg_reload_conf()");
        long deadline = System.nanoTime() + LONGEST.toNanos();
        while (!ask(primary, "select coalesce(max(sync_state), '') from pg_stat_replication")
                .equals("sync")) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("the replica does not follow");
            }
            Thread.onSpinWait();
        }
    }

    /** The database on the first server. It goes with it: do not close it. */
    public TestDatabase primary() {
        return TestDatabase.of(primary);
    }

    /** The database on the replica. It goes with it: do not close it. */
    public TestDatabase replica() {
        return TestDatabase.of(replica);
    }

    /** Both, as a server's address: {@code host:port,host:port/database}. */
    public String location() {
        return "127.0.0.1:" + primary.port() + ",127.0.0.1:" + replica.port() + "/parley";
    }

    /** Kills the first one at once, and it does not come back. */
    public void killPrimary() {
        Path cluster = primary.folder().resolve(CLUSTER);
        try {
            Files.move(cluster, cluster.resolveSibling("gone"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        PostgresCrash.kill(primary);
    }

    /** The replica takes its place; returns when it takes writes. */
    public void promote() throws SQLException {
        ask(replica, "select pg_promote()");
    }

    private static String ask(PostgresServer server, String query) throws SQLException {
        try (Connection connection = TestDatabase.of(server).connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return String.valueOf(row.getString(1));
        }
    }

    private static void execute(PostgresServer server, String sql) throws SQLException {
        try (Connection connection = TestDatabase.of(server).connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() {
        try {
            primary.close();
        } finally {
            replica.close();
        }
    }
}
