package dev.parley.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Clears away what a killed server left: a database that still runs, backends whose postmaster is gone, a
 * {@code postmaster.pid} that names a dead or a foreign process. Called by the holder of the folder's lock only, so
 * whatever still runs there belongs to nobody.
 */
final class Leftovers {
    private Leftovers() {}

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
        removePidFile(cluster.resolve("postmaster.pid"));
    }

    /**
     * The file names a dead process, or a foreign one that got its number. PostgreSQL would refuse to start over a
     * foreign one; it guards the folder with its shared memory as well.
     */
    private static void removePidFile(Path file) throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        Optional<OsProcess> named = OsProcess.find(pid(file));
        if (named.isPresent() && named.get().hidden()) {
            throw new PostgresException("Process " + named.get().pid() + ", a PostgreSQL of another account, may be"
                    + " using " + Folders.parent(file) + ". Stop it; or, if it has nothing to do with this folder,"
                    + " remove " + file + ".");
        }
        Files.delete(file);
    }

    private static long pid(Path file) throws IOException {
        try {
            return Files.readAllLines(file).stream()
                    .findFirst()
                    .map(line -> Long.parseLong(line.strip()))
                    .orElse(-1L);
        } catch (NumberFormatException torn) {
            return -1;
        }
    }

    private static void stop(Path folder, String signal, Duration limit) {
        List<OsProcess> running = OsProcess.postgresIn(folder);
        if (running.isEmpty()) {
            return;
        }
        List<OsProcess> told = signal.equals("KILL") ? running : heads(running);
        told.forEach(process -> Commands.signal(process.pid(), signal));
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
