package dev.parley.server.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/** Closes what runs, but does not wait for ever. */
final class GracefulStop {

    /** On top of the grace for what is under way: time to close what the server itself holds, the database first. */
    static final Duration CLOSING = Duration.ofSeconds(10);

    private GracefulStop() {}

    /** The exit status: done when all was closed in time. */
    static int close(Root.Closer closer, Duration grace, PrintStream err) throws InterruptedException {
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread closing = Thread.ofPlatform().name("stop").daemon().unstarted(closer::close);
        closing.setUncaughtExceptionHandler((thread, thrown) -> failure.set(thrown));
        closing.start();
        if (!closing.join(grace.plus(CLOSING))) {
            err.println("Not everything was finished within shutdown.grace; ending now.");
            return ExitStatus.FAILED;
        }
        Throwable thrown = failure.get();
        if (thrown != null) {
            err.println("The stop failed: " + Failures.explain(thrown));
            return ExitStatus.FAILED;
        }
        return ExitStatus.DONE;
    }
}
