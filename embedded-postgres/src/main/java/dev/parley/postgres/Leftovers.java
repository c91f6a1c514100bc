package dev.parley.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Clears away what a killed server left: a database that still runs, backends whose postmaster is gone, a
 * {@code postmaster.pid} that names a dead or a foreign process. Called by the holder of the folder's lock only, so
 * whatever still runs there belongs to nobody.
 */
final class Leftovers {
    private Leftovers() {}

    /** Whether anything was left running, or a pid file behind. */
    static boolean any(Path cluster) {
        return Files.exists(cluster.resolve("postmaster.pid"));
    }

    /** Clears. Afterwards no PostgreSQL works in {@code folder} and no pid file is in {@code cluster}. */
    static void clear(Path folder, Path cluster, Duration stopWait) throws IOException {
        stop(folder, "INT", stopWait);
        stop(folder, "QUIT", Duration.ofSeconds(5));
        stop(folder, "KILL", Duration.ofSeconds(5));
        List<OsProcess> stubborn = OsProcess.postgresIn(folder);
        if (!stubborn.isEmpty()) {
            throw new PostgresException(
                    "A PostgreSQL process (" + stubborn.getFirst().pid() + ") still uses " + folder
                            + " and cannot be stopped. Stop it, then start again.");
        }
        // Safe: nobody works here, and PostgreSQL guards the folder with its shared memory as well.
        Files.deleteIfExists(cluster.resolve("postmaster.pid"));
    }

    private static void stop(Path folder, String signal, Duration limit) {
        List<OsProcess> running = OsProcess.postgresIn(folder);
        if (running.isEmpty()) {
            return;
        }
        heads(running).forEach(process -> Commands.signal(process.pid(), signal));
        Waiting.until(() -> OsProcess.postgresIn(folder).isEmpty(), limit);
    }

    /** Postmasters, and backends without one: those whose parent is not among them. */
    private static List<OsProcess> heads(List<OsProcess> running) {
        Set<Long> pids = new HashSet<>();
        running.forEach(process -> pids.add(process.pid()));
        return running.stream()
                .filter(process -> !pids.contains(process.parent()))
                .toList();
    }
}
