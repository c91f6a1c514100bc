package dev.parley.server.cli;

import java.util.concurrent.CountDownLatch;

/** The wish that the process stop: the first asks for it, each later one insists. Safe for use by many threads. */
public final class StopSignal {

    private final CountDownLatch asked = new CountDownLatch(1);
    private final Runnable atOnce;
    private boolean first = true;

    /**
     * @param atOnce ends the process without waiting for anything
     */
    public StopSignal(Runnable atOnce) {
        this.atOnce = atOnce;
    }

    /** Asks, or insists. */
    public synchronized void request() {
        if (first) {
            first = false;
            asked.countDown();
        } else {
            atOnce.run();
        }
    }

    /** Waits until it is asked for. */
    void await() throws InterruptedException {
        asked.await();
    }
}
