package dev.parley.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresServerTest {
    @TempDir
    Path folder;

    @Test
    void keepsRowsAndPortOverRestartsAndStartsFast() throws Exception {
        List<String> steps = new ArrayList<>();
        int port;
        try (PostgresServer server =
                PostgresServer.start(TestBinaries.options(folder).withProgress(steps::add))) {
            port = server.port();
            Sql.execute(server, "create table t as select 'kept' as word");
            assertThat(steps).endsWith("initialising", "starting");
        }
        long best = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            steps.clear();
            long begin = System.nanoTime();
            try (PostgresServer server =
                    PostgresServer.start(TestBinaries.options(folder).withProgress(steps::add))) {
                best = Math.min(best, (System.nanoTime() - begin) / 1_000_000);
                assertThat(Sql.query(server, "select word from t")).isEqualTo("kept");
                assertThat(server.port()).isEqualTo(port);
                assertThat(steps).containsExactly("starting");
            }
        }
        System.out.println("Start of a cleanly stopped folder, best of 3: " + best + " ms");
        assertThat(best).isLessThan(1000);
        assertThat(Files.exists(folder.resolve("cluster/postmaster.pid"))).isFalse();
    }

    @Test
    void isDurablePrivateAndInUtf8() throws Exception {
        try (PostgresServer server = PostgresServer.start(TestBinaries.options(folder))) {
            for (String setting : List.of("fsync", "full_page_writes", "synchronous_commit")) {
                assertThat(Sql.query(server, "show " + setting)).as(setting).isEqualTo("on");
            }
            assertThat(Sql.query(server, "show listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(Sql.query(server, "show unix_socket_directories")).isEmpty();
            assertThat(Sql.query(server, "show server_version_num")).startsWith("18");
            assertThat(Sql.query(
                            server, "select setting from pg_file_settings where applied and lower(name) = 'timezone'"))
                    .isEqualTo("UTC");
            assertThat(Sql.query(
                            server,
                            "select datlocprovider::text || datlocale || pg_encoding_to_char(encoding)"
                                    + " from pg_database where datname = 'parley'"))
                    .isEqualTo("bC.UTF-8UTF8");
            assertThat(Sql.query(server, "select upper('äöé')")).isEqualTo("ÄÖÉ");
            assertThatThrownBy(() -> DriverManager.getConnection(server.jdbcUrl(), server.username(), "wrong"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("authentication failed");
        }
    }

    @Test
    void secondProcessFindsTheRunningDatabase() throws Exception {
        try (PostgresServer server = PostgresServer.start(TestBinaries.options(folder))) {
            ConnectionFile file = ConnectionFile.read(folder).orElseThrow();
            try (Connection connection =
                    DriverManager.getConnection(file.jdbcUrl(), file.username(), file.password())) {
                assertThat(connection.isValid(5)).isTrue();
            }
            assertThat(file.toString()).doesNotContain(server.password());
            assertThat(server.toString()).doesNotContain(server.password());
            for (String name : List.of("connection.properties", "password")) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name))))
                        .isEqualTo("rw-------");
            }
        }
        assertThat(ConnectionFile.read(folder)).isEmpty();
    }

    @Test
    void logNeverHoldsValuesOfStatements() throws Exception {
        try (PostgresServer server = PostgresServer.start(TestBinaries.options(folder))) {
            Sql.execute(server, "create table people (name text primary key)");
            Sql.execute(server, "insert into people values ('Xanthippe')");
            assertThatThrownBy(() -> Sql.execute(server, "insert into people values ('Xanthippe')"))
                    .hasMessageContaining("Xanthippe");
            assertThatThrownBy(() -> Sql.execute(server, "select 'Xanthippe'::int"))
                    .hasMessageContaining("Xanthippe");
            crashBackend(server, "select pg_sleep(60), 'Xanthippe'");
            Path log = folder.resolve("postgresql.log");
            await().untilAsserted(() -> assertThat(log).content().contains("terminated by signal 9"));
            await().until(() -> server.state() == PostgresState.RUNNING && canConnect(server));
            assertThat(Sql.query(server, "select count(*) from people")).isEqualTo("1");
            assertThat(log).content().doesNotContain("Xanthippe");
        }
    }

    private static void crashBackend(PostgresServer server, String statement) throws Exception {
        try (Connection connection = Sql.connect(server);
                var asking = connection.createStatement();
                var rows = asking.executeQuery("select pg_backend_pid()")) {
            rows.next();
            long backend = rows.getLong(1);
            Thread sleeping = Thread.ofVirtual().start(() -> {
                try (var busy = connection.createStatement()) {
                    busy.execute(statement);
                } catch (SQLException expected) {
                    return;
                }
            });
            await().until(() ->
                    "active".equals(Sql.query(server, "select state from pg_stat_activity where pid = " + backend)));
            Commands.signal(backend, "KILL");
            assertThat(sleeping.join(Duration.ofSeconds(10))).isTrue();
        }
    }

    /** A crash found by the server's own children is handled by the same supervisor, and a stop meanwhile is quick. */
    @Test
    void closesQuicklyRightAfterABackendCrashed() throws Exception {
        PostgresServer server = PostgresServer.start(TestBinaries.options(folder));
        try (server) {
            crashBackend(server, "select pg_sleep(60)");
        }
        assertThat(server.state()).isEqualTo(PostgresState.STOPPED);
        assertThat(folder.resolve("postgresql.log"))
                .content()
                .doesNotContain("reinitializing")
                .doesNotContain("received immediate shutdown request");
    }

    private static boolean canConnect(PostgresServer server) {
        try (Connection connection = Sql.connect(server)) {
            return connection.isValid(5);
        } catch (SQLException notYet) {
            return false;
        }
    }

    @Test
    void isStartedAgainOnTheSamePortWhenKilled() throws Exception {
        List<PostgresState> states = new CopyOnWriteArrayList<>();
        PostgresServer server = PostgresServer.start(TestBinaries.options(folder)
                .withListener(states::add)
                .withDelays(new RestartDelays(Duration.ofMillis(10), Duration.ofMillis(50), Duration.ofMinutes(1))));
        try (server) {
            int port = server.port();
            Sql.execute(server, "create table t (n int)");
            for (int n = 1; n <= 3; n++) {
                Sql.execute(server, "insert into t values (" + n + ")");
                long before = server.pid();
                Commands.signal(before, "KILL");
                await().until(() -> server.pid() != before && server.state() == PostgresState.RUNNING);
                assertThat(Sql.query(server, "select count(*) from t")).isEqualTo(Integer.toString(n));
            }
            assertThat(server.port()).isEqualTo(port);
        }
        assertThat(states)
                .startsWith(PostgresState.RUNNING, PostgresState.RESTARTING, PostgresState.RUNNING)
                .endsWith(PostgresState.RUNNING, PostgresState.STOPPED)
                .hasSize(8);
        assertThat(server.state()).isEqualTo(PostgresState.STOPPED);
        assertThat(OsProcess.postgresIn(folder)).isEmpty();
    }

    @Test
    void isClosedWhileItWaitsToBeStartedAgain() {
        PostgresServer server = PostgresServer.start(TestBinaries.options(folder)
                .withDelays(new RestartDelays(Duration.ofHours(1), Duration.ofHours(1), Duration.ofHours(1))));
        try (server) {
            long first = server.pid();
            Commands.signal(first, "KILL");
            await().until(() -> server.pid() != first && server.state() == PostgresState.RUNNING);
            Commands.signal(server.pid(), "KILL");
            await().until(() -> server.state() == PostgresState.RESTARTING);
        }
        assertThat(server.state()).isEqualTo(PostgresState.STOPPED);
        assertThat(OsProcess.postgresIn(folder)).isEmpty();
    }

    @Test
    void secondStarterIsTurnedAwayAndHarmsNothing() throws Exception {
        try (PostgresServer server = PostgresServer.start(TestBinaries.options(folder))) {
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> PostgresServer.start(TestBinaries.options(folder)))
                        .isInstanceOf(DataFolderInUseException.class)
                        .hasMessageContaining(
                                "process " + ProcessHandle.current().pid())
                        .hasMessageContaining("--data");
            }
            assertThat(Sql.query(server, "select 1")).isEqualTo("1");
        }
    }

    @Test
    void takesAnotherPortWhenTheOldOneIsTaken() throws Exception {
        int port;
        try (PostgresServer server = PostgresServer.start(TestBinaries.options(folder))) {
            port = server.port();
        }
        try (var taken = new java.net.ServerSocket(port, 1, java.net.InetAddress.getLoopbackAddress());
                PostgresServer server = PostgresServer.start(TestBinaries.options(folder))) {
            assertThat(server.port()).isNotEqualTo(taken.getLocalPort());
            assertThat(Sql.query(server, "select 1")).isEqualTo("1");
        }
    }

    @Test
    void furtherSettingsHoldButNotThoseThatAreForced() throws Exception {
        try (PostgresServer server = PostgresServer.start(
                TestBinaries.options(folder).withSettings(Map.of("max_connections", "17", "search_path", "it''s")))) {
            assertThat(Sql.query(server, "show max_connections")).isEqualTo("17");
            Files.writeString(folder.resolve("cluster/custom.conf"), "work_mem = '5MB'\nfsync = off\n");
        }
        try (PostgresServer server = PostgresServer.start(TestBinaries.options(folder))) {
            assertThat(Sql.query(server, "show max_connections")).isEqualTo("100");
            assertThat(Sql.query(server, "show work_mem")).isEqualTo("5MB");
            assertThat(Sql.query(server, "show fsync")).isEqualTo("on");
        }
        assertThatThrownBy(
                        () -> PostgresServer.start(TestBinaries.options(folder).withSettings(Map.of("fsync", "off"))))
                .hasMessageContaining("fsync");
    }

    @Test
    void saysWhatIsWrongWithAConfigurationThatPostgresRefuses() throws Exception {
        PostgresOptions wrong = TestBinaries.options(folder).withSettings(Map.of("no_such_setting", "1"));
        assertThatThrownBy(() -> PostgresServer.start(wrong))
                .isInstanceOf(PostgresException.class)
                .hasMessageContaining("no_such_setting");
        try (PostgresServer server = PostgresServer.start(TestBinaries.options(folder))) {
            assertThat(Sql.query(server, "select 1")).isEqualTo("1");
        }
    }
}
