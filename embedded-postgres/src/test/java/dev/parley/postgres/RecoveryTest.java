package dev.parley.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecoveryTest {
    @TempDir
    Path folder;

    @AfterEach
    void leaveNothingRunning() throws Exception {
        Leftovers.clear(folder, folder.resolve("cluster"), Duration.ofSeconds(10));
    }

    @Test
    void databaseStopsCleanlyWhenItsServerIsKilled() throws Exception {
        assertThat(Launcher.probe(new Account.Same()).deathSignal())
                .as("setpriv --pdeathsig (util-linux) is needed to run this test")
                .isTrue();
        int acknowledged;
        long postgres;
        try (OwnerProcess owner = OwnerProcess.start(folder, true)) {
            postgres = owner.awaitRunning()[1];
            acknowledged = owner.kill(owner.awaitRows(200));
        }
        await().until(() -> OsProcess.postgresIn(folder).isEmpty());
        assertThat(OsProcess.find(postgres).filter(OsProcess::alive)).isEmpty();
        assertThat(startAndCount(acknowledged)).containsExactly("starting");
    }

    @Test
    void orphanThatStillRunsIsStoppedAndLosesNothing() throws Exception {
        int acknowledged;
        long postgres;
        try (OwnerProcess owner = OwnerProcess.start(folder, false)) {
            postgres = owner.awaitRunning()[1];
            acknowledged = owner.kill(owner.awaitRows(200));
        }
        assertThat(OsProcess.find(postgres).filter(OsProcess::alive)).isPresent();
        assertThat(startAndCount(acknowledged)).containsExactly("starting");
        assertThat(OsProcess.find(postgres).filter(OsProcess::alive)).isEmpty();
    }

    @Test
    void recoversWhenServerAndDatabaseAreKilledTogether() throws Exception {
        int last = 0;
        for (int round = 0; round < 3; round++) {
            try (OwnerProcess owner = OwnerProcess.start(folder, false)) {
                long postgres = owner.awaitRunning()[1];
                int read = owner.awaitRows(100);
                Commands.signal(postgres, "KILL");
                last = owner.kill(read);
            }
        }
        assertThat(folder.resolve("cluster/postmaster.pid")).exists();
        assertThat(startAndCount(last)).containsExactly("recovering");
    }

    @Test
    void secondProcessIsTurnedAwayByTheFirst() throws Exception {
        try (OwnerProcess owner = OwnerProcess.start(folder, true)) {
            owner.awaitRunning();
            assertThatThrownBy(() -> PostgresServer.start(TestBinaries.options(folder)))
                    .isInstanceOf(DataFolderInUseException.class)
                    .hasMessageContaining("process " + owner.pid());
            assertThat(owner.awaitRows(50)).isPositive();
        }
    }

    @Test
    void pidFileThatNamesAForeignProcessIsNoObstacle() throws Exception {
        stoppedCluster();
        for (long pid : new long[] {ProcessHandle.current().pid(), 1, 4_194_303}) {
            Files.writeString(folder.resolve("cluster/postmaster.pid"), pid + "\n" + folder + "/cluster\n1\n5432\n");
            startAndCount(1);
        }
        Files.writeString(folder.resolve("cluster/postmaster.pid"), "");
        startAndCount(1);
    }

    @Test
    void zombieIsNoObstacle() throws Exception {
        stoppedCluster();
        // A parent that never looks after its child, being another program by the time that the child ends: a zombie.
        Process parent = new ProcessBuilder("/bin/sh", "-c", "sh -c 'sleep 1' & echo $!; exec sleep 600").start();
        try {
            long zombie = Long.parseLong(parent.inputReader().readLine());
            await().until(() ->
                    OsProcess.find(zombie).filter(p -> p.state() == 'Z').isPresent());
            Files.writeString(folder.resolve("cluster/postmaster.pid"), zombie + "\n" + folder + "/cluster\n1\n5432\n");
            startAndCount(1);
            assertThat(OsProcess.find(zombie)).isPresent();
        } finally {
            parent.destroyForcibly();
        }
    }

    @Test
    void halfMadeClusterIsMadeAgain() throws Exception {
        Files.createDirectories(folder.resolve("making-1/cluster/base"));
        Files.writeString(folder.resolve("making-1/cluster/PG_VERSION"), "18\n");
        Files.writeString(folder.resolve("password"), "of the start that was killed");
        List<String> steps = new ArrayList<>();
        try (PostgresServer server =
                PostgresServer.start(TestBinaries.options(folder).withProgress(steps::add))) {
            assertThat(Sql.query(server, "select 1")).isEqualTo("1");
        }
        assertThat(steps).containsSubsequence("initialising", "starting");
        assertThat(Folders.startingWith(folder, "making-")).isEmpty();
    }

    @Test
    void killedDuringInitialisationStartsAfresh() throws Exception {
        try (OwnerProcess owner = OwnerProcess.start(folder, true)) {
            await().pollInterval(Duration.ofMillis(5))
                    .until(() -> Folders.startingWith(folder, "making-").stream()
                            .anyMatch(making -> Files.exists(making.resolve("cluster/base"))));
            owner.kill(0);
        }
        assertThat(folder.resolve("cluster")).doesNotExist();
        try (PostgresServer server = PostgresServer.start(TestBinaries.options(folder))) {
            assertThat(Sql.query(server, "select 1")).isEqualTo("1");
        }
        assertThat(Folders.startingWith(folder, "making-")).isEmpty();
    }

    @Test
    void refusesFilesOfAnotherVersionAndFoldersWithoutData() throws Exception {
        stoppedCluster();
        Path version = folder.resolve("cluster/PG_VERSION");
        Files.writeString(version, "17\n");
        assertThatThrownBy(() -> PostgresServer.start(TestBinaries.options(folder)))
                .hasMessageContaining("PostgreSQL 17")
                .hasMessageContaining("--database-url");
        Files.delete(version);
        assertThatThrownBy(() -> PostgresServer.start(TestBinaries.options(folder)))
                .hasMessageContaining("PG_VERSION is missing");
        Files.writeString(version, "18\n");
        startAndCount(1);
    }

    private void stoppedCluster() throws Exception {
        try (PostgresServer server = PostgresServer.start(TestBinaries.options(folder))) {
            Sql.execute(server, "create table rows as select 1 as n");
        }
    }

    /** Starts, requires every row up to {@code acknowledged} (at most one more: written, not answered), stops. */
    private List<String> startAndCount(int acknowledged) throws Exception {
        List<String> steps = new ArrayList<>();
        try (PostgresServer server =
                PostgresServer.start(TestBinaries.options(folder).withProgress(steps::add))) {
            assertThat(Integer.parseInt(Sql.query(server, "select count(*) from rows")))
                    .isBetween(acknowledged, acknowledged + 1);
        }
        return steps;
    }
}
