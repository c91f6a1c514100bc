package dev.parley.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BinariesTest {
    @TempDir
    Path cache;

    @Test
    void severalStartersUnpackOnce() throws Exception {
        Path left = Files.createDirectories(cache.resolve(Binaries.version() + ".part"));
        Files.writeString(left.resolve("half"), "of one that was killed");
        List<String> steps = Collections.synchronizedList(new ArrayList<>());
        List<Callable<Binaries>> starters = Collections.nCopies(4, () -> Binaries.in(cache, steps::add));
        try (var executor = Executors.newFixedThreadPool(4)) {
            for (var binaries : executor.invokeAll(starters)) {
                List<String> version = List.of(binaries.get().program("postgres"), "--version");
                assertThat(Commands.run(version, Duration.ofSeconds(10)).output())
                        .startsWith("postgres (PostgreSQL) " + Binaries.major());
            }
        }
        assertThat(steps).containsExactly("unpacking PostgreSQL");
        Path home = cache.resolve(Binaries.version());
        assertThat(home.resolve("lib/libpq.so.5")).isSymbolicLink();
        assertThat(Files.exists(home.resolve("half"))).isFalse();
        assertThat(Folders.startingWith(cache, Binaries.version() + ".part")).isEmpty();
    }

    @Test
    void damagedFolderIsMadeAgain() throws Exception {
        List<String> steps = new ArrayList<>();
        Path home = Binaries.in(cache, steps::add).home();
        Files.delete(home.resolve("share/postgresql/timezone/Asia/Kathmandu"));
        Binaries.in(cache, steps::add);
        Files.writeString(home.resolve("bin/initdb"), "cut off");
        Binaries.in(cache, steps::add);
        Files.delete(home.resolve("complete"));
        Binaries.in(cache, steps::add);
        Binaries.in(cache, steps::add);
        assertThat(steps).hasSize(4);
        assertThat(home.resolve("share/postgresql/timezone/Asia/Kathmandu")).exists();
        assertThat(home.resolve("bin/initdb")).isExecutable();
    }

    @Test
    void programsThatOthersCanExchangeAreNotRun() throws Exception {
        Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThatThrownBy(() -> Binaries.in(cache, step -> {}))
                .isInstanceOf(PostgresException.class)
                .hasMessageContaining("can be written by others");
    }
}
