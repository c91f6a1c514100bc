package dev.parley.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccountsTest {
    private static final int NOBODY = 65_534;

    @TempDir
    Path folder;

    @Test
    void ordinaryUserNeedsNothing() throws Exception {
        Account account = new Accounts(1000, AccountsTest::unreachable).choose(folder.resolve("cluster"));
        assertThat(account).isEqualTo(new Account.Same());
    }

    @Test
    void rootPrefersANamespaceThenAnUnusedAccount() throws Exception {
        Path none = folder.resolve("cluster");
        assertThat(new Accounts(0, prefix -> true).choose(none)).isEqualTo(new Account.Namespace());
        assertThat(new Accounts(0, prefix -> prefix.contains("setpriv")).choose(none))
                .isInstanceOfSatisfying(
                        Account.Other.class, other -> assertThat(other.uid()).isBetween(64_328, 65_500));
    }

    @Test
    void rootIsToldWhatToDoWhereNothingWorks() {
        assertThatThrownBy(() -> new Accounts(0, prefix -> false).choose(folder.resolve("cluster")))
                .isInstanceOf(PostgresException.class)
                .hasMessageContaining("root")
                .hasMessageContaining("setpriv")
                .hasMessageContaining("--database-url");
    }

    @Test
    void rootWithoutNamespacesRunsItAsAnotherAccount() throws Exception {
        if (notRoot("running PostgreSQL as another account")) {
            return;
        }
        Machine machine = withoutNamespaces();
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        PostgresOptions options = PostgresOptions.in(folder.resolve("data"));
        for (int i = 1; i <= 2; i++) {
            try (PostgresServer server = PostgresServer.start(options, machine)) {
                Sql.execute(server, "create table if not exists t (n int)");
                Sql.execute(server, "insert into t values (1)");
                assertThat(Sql.query(server, "select count(*) from t")).isEqualTo(Integer.toString(i));
                assertThat(Folders.owner(Path.of("/proc/" + server.pid()))).isBetween(64_328, 65_500);
                Commands.signal(server.pid(), "KILL");
            }
        }
        // Where namespaces are allowed again, the cluster still belongs to that account and is opened as it.
        try (PostgresServer server = PostgresServer.start(options)) {
            assertThat(Sql.query(server, "select count(*) from t")).isEqualTo("2");
        }
    }

    @Test
    void rootsOwnClusterIsHandedOverWhereNamespacesAreNoLongerAllowed() throws Exception {
        if (notRoot("handing a cluster over")) {
            return;
        }
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        PostgresOptions options = PostgresOptions.in(folder.resolve("data"));
        for (Machine machine : List.of(Machine.real(), withoutNamespaces())) {
            try (PostgresServer server = PostgresServer.start(options, machine)) {
                Sql.execute(server, "create table if not exists t (n int)");
            }
        }
    }

    @Test
    void folderThatTheOtherAccountCannotEnterIsNamed() throws Exception {
        if (notRoot("a folder closed to another account")) {
            return;
        }
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        assertThatThrownBy(() -> PostgresServer.start(PostgresOptions.in(folder.resolve("data")), withoutNamespaces()))
                .hasMessageContaining("cannot enter " + folder.resolve("data"))
                .hasMessageContaining("--database-url");
    }

    /** A JVM as nobody, with everything it reads copied to where nobody may read. */
    @Test
    void ordinaryUserWhoseServerIsKilledLosesNothing() throws Exception {
        List<String> asNobody = List.of();
        Path data = folder.resolve("data");
        Path binaries = folder.resolve("binaries");
        Files.createDirectory(data);
        String classPath = copyClassPath(folder.resolve("lib"));
        if (Account.currentUid() == 0) {
            asNobody = new Account.Other(NOBODY).prefix();
            Folders.give(folder, NOBODY);
        } else {
            System.out.println("AccountsTest: not root; the ordinary user is uid " + Account.currentUid());
        }
        int last = 0;
        for (boolean deathSignal : new boolean[] {true, false, true}) {
            try (OwnerProcess owner = OwnerProcess.start(asNobody, classPath, data, binaries, deathSignal)) {
                long[] numbers = owner.awaitRunning();
                assertThat(numbers[0]).isEqualTo(Account.currentUid() == 0 ? NOBODY : Account.currentUid());
                assertThat(Folders.owner(Path.of("/proc/" + numbers[1]))).isEqualTo((int) numbers[0]);
                int first = owner.awaitRows(1);
                assertThat(first).isBetween(last + 1, last + 2);
                last = owner.kill(owner.awaitRows(100));
            }
        }
        Leftovers.clear(data, data.resolve("cluster"), Duration.ofSeconds(20));
    }

    private static Machine withoutNamespaces() {
        return new Machine(
                new Accounts(0, prefix -> {
                    List<String> command = new ArrayList<>(prefix);
                    command.add("true");
                    return !prefix.contains("unshare") && Commands.succeeds(command.toArray(String[]::new));
                }),
                Launcher::probe);
    }

    private static boolean notRoot(String what) {
        boolean notRoot = Account.currentUid() != 0;
        if (notRoot) {
            System.out.println("AccountsTest: NOT TESTED, needs root: " + what);
        }
        return notRoot;
    }

    private static String copyClassPath(Path lib) throws IOException {
        List<String> copied = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path from = Path.of(entry);
            Path to = lib.resolve(copied.size() + "-" + from.getFileName());
            try (Stream<Path> files = Files.walk(from)) {
                for (Path file : (Iterable<Path>) files::iterator) {
                    Path target = to.resolve(from.relativize(file).toString());
                    if (Files.isDirectory(file)) {
                        Files.createDirectories(target);
                    } else {
                        Files.createDirectories(target.getParent());
                        Files.copy(file, from.equals(file) ? to : target);
                    }
                }
            }
            copied.add(to.toString());
        }
        return String.join(File.pathSeparator, copied);
    }

    private static boolean unreachable(List<String> prefix) {
        throw new AssertionError("tried " + prefix);
    }
}
