package dev.parley.server.platform.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {

    private static final SecureRandom RANDOM = new SecureRandom();

    @TempDir
    Path temporary;

    @Test
    void makesFolderAndFilesForTheOwnerAlone() throws IOException {
        DataFolder folder = DataFolder.open(temporary.resolve("a/b"));
        folder.secretKey(RANDOM);
        folder.partnerToken(RANDOM);
        assertThat(mode(folder.path())).isEqualTo("rwx------");
        assertThat(mode(folder.path().resolve("secret-key"))).isEqualTo("rw-------");
        assertThat(mode(folder.partnerTokenFile())).isEqualTo("rw-------");
        try (var files = Files.list(folder.path())) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("secret-key", "partner-token");
        }
    }

    @Test
    void keepsWhatIsThere() {
        MadeSecret first = DataFolder.open(temporary).secretKey(RANDOM);
        MadeSecret second = DataFolder.open(temporary).secretKey(RANDOM);
        assertThat(first.justMade()).isTrue();
        assertThat(second.justMade()).isFalse();
        assertThat(second.secret()).isEqualTo(first.secret());
    }

    @Test
    void manyNodesThatStartTogetherAgree() throws Exception {
        int nodes = 16;
        for (int round = 0; round < 20; round++) {
            Path shared = temporary.resolve("shared" + round);
            CyclicBarrier together = new CyclicBarrier(nodes);
            List<Future<MadeSecret>> results = new ArrayList<>();
            try (ExecutorService threads = Executors.newFixedThreadPool(nodes)) {
                for (int node = 0; node < nodes; node++) {
                    results.add(threads.submit(() -> {
                        together.await();
                        return DataFolder.open(shared).partnerToken(RANDOM);
                    }));
                }
            }
            List<MadeSecret> made = new ArrayList<>();
            for (Future<MadeSecret> result : results) {
                made.add(result.get());
            }
            assertThat(made.stream().map(each -> each.secret().reveal()).distinct())
                    .hasSize(1);
            assertThat(made.stream().filter(MadeSecret::justMade)).hasSize(1);
        }
    }

    @Test
    void replacesTheTokenAtOnce() throws IOException {
        DataFolder folder = DataFolder.open(temporary);
        folder.partnerToken(RANDOM);
        folder.replacePartnerToken(new Secret("pp_new"));
        assertThat(folder.partnerToken(RANDOM)).isEqualTo(new MadeSecret(new Secret("pp_new"), false));
        assertThat(mode(folder.partnerTokenFile())).isEqualTo("rw-------");
    }

    @Test
    void aDamagedFileIsNamed() throws IOException {
        Files.writeString(temporary.resolve("secret-key"), "\n");
        assertThatThrownBy(() -> DataFolder.open(temporary).secretKey(RANDOM))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("secret-key")
                .hasStackTraceContaining("it is empty");
    }

    @Test
    void aFileInItsPlaceIsRefused() throws IOException {
        Path file = Files.writeString(temporary.resolve("file"), "x");
        assertThatThrownBy(() -> DataFolder.open(file))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("cannot be made");
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
