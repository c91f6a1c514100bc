package dev.parley.testkit.postgres;

import dev.parley.postgres.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** PostgreSQL's programs, shared by all tests: unpacking them takes seconds, and some of the disk's time. */
public final class PostgresBinaries {

    private PostgresBinaries() {}

    /** Shared by all test runs of this account, outside of any build folder. */
    public static Path folder() {
        try {
            Object uid = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
            return Path.of(
                    System.getProperty("java.io.tmpdir", "/tmp"),
                    "parley-postgres-binaries-" + PostgresServer.version() + "-" + uid);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets a server whose data folder is not there yet find them where its embedded PostgreSQL would unpack its own. */
    public static void linkInto(Path data) {
        try {
            Path postgres = data.resolve("postgres");
            Files.createDirectories(folder());
            Files.createDirectories(postgres);
            Files.createSymbolicLink(postgres.resolve("binaries"), folder());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
