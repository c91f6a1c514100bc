package dev.parley.postgres;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps PostgreSQL running until closed. One thread does everything that touches the process, because the process is
 * told to stop when the thread that started it ends.
 */
final class Supervisor {
    private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);

    private final Postmaster.Plan plan;
    private final PostgresOptions options;
    private final CompletableFuture<Void> firstReady = new CompletableFuture<>();
    private final CompletableFuture<Void> closing = new CompletableFuture<>();
    private final Thread thread;
    private volatile PostgresState state = PostgresState.STOPPED;
    private volatile long pid;

    Supervisor(Postmaster.Plan plan, PostgresOptions options) {
        this.plan = plan;
        this.options = options;
        this.thread = Thread.ofPlatform().daemon().name("postgres-keeper").unstarted(this::runToTheEnd);
    }

    /** Starts PostgreSQL and returns when it is ready; throws when it cannot be started. */
    void start() {
        thread.start();
        try {
            firstReady.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof PostgresException known ? known : new PostgresException("" + e.getCause(), e);
        }
    }

    PostgresState state() {
        return state;
    }

    long pid() {
        return pid;
    }

    /** Stops PostgreSQL and returns when it has ended. */
    void close() {
        closing.complete(null);
        if (Thread.currentThread().equals(thread)) {
            // Called by a listener: the thread stops PostgreSQL as soon as the listener returns.
            return;
        }
        Waiting.until(() -> !thread.isAlive(), plan.stopWait().plusSeconds(15));
    }

    private void runToTheEnd() {
        try {
            run();
        } finally {
            // Whoever waits for the start must hear of a thread that ended before it.
            firstReady.completeExceptionally(new PostgresException("The thread that keeps PostgreSQL has ended."));
        }
    }

    private void run() {
        int deaths = 0;
        while (!closing.isDone()) {
            boolean stable = false;
            try {
                stable = keepUntilExit();
            } catch (IOException | RuntimeException e) {
                if (!firstReady.isDone()) {
                    firstReady.completeExceptionally(e);
                    return;
                }
                LOG.warn("PostgreSQL could not be started again: {}", e.getMessage());
            }
            if (!closing.isDone()) {
                deaths = stable ? 1 : deaths + 1;
                become(PostgresState.RESTARTING);
                pause(options.delays().before(deaths));
            }
        }
        become(PostgresState.STOPPED);
    }

    /** Runs PostgreSQL once, to its end; answers whether it ran long enough to count as sound. */
    private boolean keepUntilExit() throws IOException {
        Postmaster postmaster = Postmaster.launch(plan);
        try {
            if (!postmaster.awaitReady(closing)) {
                return false;
            }
            Instant since = options.clock().instant();
            pid = postmaster.pid();
            become(PostgresState.RUNNING);
            firstReady.complete(null);
            CompletableFuture.anyOf(postmaster.exit(), closing).join();
            if (!closing.isDone()) {
                LOG.error(
                        "PostgreSQL (process {}) has died; starting it again. Its log: {}",
                        pid,
                        plan.log().path());
            }
            return Duration.between(since, options.clock().instant())
                            .compareTo(options.delays().stableAfter())
                    >= 0;
        } finally {
            postmaster.stop();
        }
    }

    private void pause(Duration wait) {
        try {
            closing.get(wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException over) {
            return;
        } catch (InterruptedException | ExecutionException e) {
            LOG.debug("Nobody interrupts this thread", e);
        }
    }

    private void become(PostgresState next) {
        if (state == next) {
            return;
        }
        state = next;
        try {
            options.listener().accept(next);
        } catch (RuntimeException e) {
            LOG.warn("A listener failed on {}", next, e);
        }
    }
}
