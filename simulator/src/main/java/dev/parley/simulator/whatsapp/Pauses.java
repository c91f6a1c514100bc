package dev.parley.simulator.whatsapp;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits that a fault asks for; a reset or the end of the simulator cuts them short. Thread-safe. */
public final class Pauses {

    private volatile CountDownLatch released = new CountDownLatch(1);

    /** Waits so long, or until {@link #release}. */
    void pause(long millis) throws InterruptedException {
        boolean _ = released.await(millis, TimeUnit.MILLISECONDS);
    }

    /** Ends all waits that are under way. */
    public void release() {
        CountDownLatch old = released;
        released = new CountDownLatch(1);
        old.countDown();
    }
}
