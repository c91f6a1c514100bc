package dev.parley.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** One run of PostgreSQL's main process. */
final class Postmaster {
    private static final int STATUS_LINE = 7;
    /** Nobody but its own processes, which end with it, keeps its output open. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);

    private final Process process;
    private final Plan plan;

    private Postmaster(Process process, Plan plan) {
        this.process = process;
        this.plan = plan;
    }

    /**
     * What to run.
     *
     * @param folder everything of this database
     * @param cluster PostgreSQL's files
     * @param command the whole command line
     * @param port where it will listen
     * @param log where its output goes
     * @param startWait longest start
     * @param stopWait longest clean stop
     */
    record Plan(
            Path folder,
            Path cluster,
            List<String> command,
            int port,
            LogFile log,
            Duration startWait,
            Duration stopWait) {}

    /** Starts it. The calling thread must live as long as it is to run: its end is the signal to stop. */
    static Postmaster launch(Plan plan) throws IOException {
        Leftovers.clear(plan.folder(), plan.cluster(), plan.stopWait());
        plan.log().forget();
        Process process = Commands.prepare(plan.command()).start();
        plan.log().drain(process.getInputStream());
        return new Postmaster(process, plan);
    }

    /** Waits until it accepts connections. False when {@code closing} came first. */
    boolean awaitReady(CompletableFuture<?> closing) {
        boolean ended = Waiting.until(() -> closing.isDone() || !process.isAlive() || ready(), plan.startWait());
        if (closing.isDone()) {
            return false;
        }
        if (!ended) {
            throw new PostgresException(
                    "PostgreSQL was not ready after " + plan.startWait().toSeconds() + " s; its log is "
                            + plan.log().path());
        }
        if (!process.isAlive()) {
            throw failed();
        }
        return true;
    }

    private PostgresException failed() {
        Waiting.until(() -> plan.log().ended(), LAST_WORDS);
        String tail = plan.log().tail();
        if (tail.contains("could not bind") || tail.contains("could not create any TCP/IP sockets")) {
            return new PortTakenException(plan.port());
        }
        return new PostgresException("PostgreSQL did not start (exit status " + process.exitValue() + "). Its log, "
                + plan.log().path() + ", ends with:\n" + tail);
    }

    private boolean ready() {
        try {
            List<String> lines = Files.readAllLines(plan.cluster().resolve("postmaster.pid"));
            return lines.size() > STATUS_LINE
                    && lines.getFirst().strip().equals(Long.toString(process.pid()))
                    && lines.get(STATUS_LINE).strip().equals("ready");
        } catch (IOException notYet) {
            return false;
        }
    }

    long pid() {
        return process.pid();
    }

    /** Done when the process has ended. */
    CompletableFuture<Process> exit() {
        return process.onExit();
    }

    /** Ends all sessions and stops cleanly; hard when that takes too long. What it said last is in its log then. */
    void stop() {
        // The number of one that has ended may already be another process's.
        if (process.isAlive()) {
            end();
        }
        Waiting.until(() -> plan.log().ended(), LAST_WORDS);
    }

    private void end() {
        Commands.signal(process.pid(), "INT");
        if (!Waiting.forExit(process, plan.stopWait())) {
            Commands.signal(process.pid(), "QUIT");
            if (!Waiting.forExit(process, Duration.ofSeconds(5))) {
                process.destroyForcibly();
                Waiting.forExit(process, Duration.ofSeconds(5));
            }
        }
    }
}
