package dev.parley.simulator.callbacks;

import java.util.concurrent.atomic.LongAdder;

/** The time between two resets: how many updates of it are pending, and whether it is over. */
final class Epoch {

    private final LongAdder pending = new LongAdder();
    private volatile boolean over;

    void add(int updates) {
        pending.add(updates);
    }

    long pending() {
        return pending.sum();
    }

    /** Ends it: what belongs to it is not posted any more. */
    void end() {
        over = true;
    }

    boolean isOver() {
        return over;
    }
}
