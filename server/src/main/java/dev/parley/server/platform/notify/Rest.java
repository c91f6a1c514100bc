package dev.parley.server.platform.notify;

import java.time.Duration;

/** How a thread waits; a test's own does not. */
@FunctionalInterface
public interface Rest {

    /** Waits in real time. */
    Rest REAL = Thread::sleep;

    /** Returns after so long. */
    void rest(Duration time) throws InterruptedException;
}
