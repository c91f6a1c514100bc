package dev.parley.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SmallPartsTest {
    @TempDir
    Path folder;

    @Test
    void restartsAtOnceThenWaitsLongerUpToALimit() {
        RestartDelays delays = new RestartDelays(Duration.ofMillis(100), Duration.ofSeconds(1), Duration.ofMinutes(1));
        assertThat(IntStream.rangeClosed(1, 7).mapToObj(delays::before).map(Duration::toMillis))
                .containsExactly(0L, 100L, 200L, 400L, 800L, 1000L, 1000L);
        assertThat(delays.before(Integer.MAX_VALUE)).isEqualTo(Duration.ofSeconds(1));
        assertThatThrownBy(() -> new RestartDelays(Duration.ZERO, Duration.ofSeconds(1), Duration.ZERO))
                .hasMessageContaining("first");
    }

    @Test
    void logStaysWithinItsBounds() throws Exception {
        LogFile log = new LogFile(folder, 1000);
        for (int i = 0; i < 200; i++) {
            log.append("line " + i);
        }
        assertThat(Files.size(log.path())).isBetween(1L, 1000L);
        assertThat(Files.size(folder.resolve("postgresql.log.1"))).isBetween(900L, 1000L);
        assertThat(Files.readString(log.path())).endsWith("line 199\n");
        assertThat(Folders.startingWith(folder, "")).hasSize(2);
        assertThat(log.tail()).startsWith("line 180").endsWith("line 199");
    }

    @Test
    void lockTurnsASecondHolderAwayAndSurvivesIt() {
        DataFolderLock first = DataFolderLock.acquire(folder);
        assertThatThrownBy(() -> DataFolderLock.acquire(folder.resolve("../" + folder.getFileName())))
                .isInstanceOf(DataFolderInUseException.class);
        first.close();
        DataFolderLock second = DataFolderLock.acquire(folder);
        first.close();
        assertThatThrownBy(() -> DataFolderLock.acquire(folder)).isInstanceOf(DataFolderInUseException.class);
        second.close();
    }

    @Test
    void folderThatCannotBeMadeIsNamed() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "in the way");
        assertThatThrownBy(() -> DataFolderLock.acquire(file.resolve("data")))
                .isInstanceOf(PostgresException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("--data");
    }

    @Test
    void damagedConnectionFileIsNamedAndCostsThePortOnly() throws Exception {
        Files.writeString(folder.resolve("connection.properties"), "port=what\n");
        assertThatThrownBy(() -> ConnectionFile.read(folder)).hasMessageContaining("connection.properties");
        assertThat(ConnectionFile.lastPort(folder)).isZero();
    }

    @Test
    void settingsAreQuoted() {
        assertThat(Settings.file(Map.of("name", "it's"))).isEqualTo("name = 'it''s'\n");
        assertThat(Settings.defaults(1L << 30)).containsEntry("shared_buffers", "128MB");
        assertThat(Settings.defaults(1L << 40)).containsEntry("shared_buffers", "1024MB");
    }

    @Test
    void postgresGetsNothingOfThisProcessesEnvironment() {
        assertThat(Commands.prepare(java.util.List.of("env")).environment()).containsOnlyKeys("PATH", "LC_ALL", "TZ");
    }
}
