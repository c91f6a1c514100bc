package dev.parley.testkit.postgres;

import dev.parley.postgres.PostgresServer;

/** The end of a PostgreSQL as a power cut makes it, but for what the system has been given to write. */
public final class PostgresCrash {

    private PostgresCrash() {}

    /** Kills all of its processes at once; whoever watches it starts it again. */
    public static void kill(PostgresServer server) {
        ProcessHandle postmaster = ProcessHandle.of(server.pid()).orElseThrow();
        // What is not written yet must not be by those that outlive it for a moment.
        postmaster.children().forEach(ProcessHandle::destroyForcibly);
        postmaster.destroyForcibly();
    }
}
