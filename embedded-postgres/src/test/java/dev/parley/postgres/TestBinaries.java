package dev.parley.postgres;

import java.nio.file.Path;

/** One cache of unpacked binaries for all tests of this account: unpacking takes seconds. */
final class TestBinaries {
    private TestBinaries() {}

    static Path cache() {
        return Path.of(
                System.getProperty("java.io.tmpdir"),
                "parley-postgres-binaries-" + Binaries.version() + "-" + Account.currentUid());
    }

    /** Options for a folder, durable as in real use, with the shared binaries. */
    static PostgresOptions options(Path folder) {
        return PostgresOptions.in(folder).withBinaries(cache());
    }
}
