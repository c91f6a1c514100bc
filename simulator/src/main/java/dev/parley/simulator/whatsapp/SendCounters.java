package dev.parley.simulator.whatsapp;

import java.util.concurrent.atomic.LongAdder;

/** How many requests came to the send endpoint, and what became of them. Thread-safe. */
public final class SendCounters {

    private final LongAdder requests = new LongAdder();
    private final LongAdder accepted = new LongAdder();
    private final LongAdder refused = new LongAdder();

    void request() {
        requests.increment();
    }

    void accept() {
        accepted.increment();
    }

    void refuse() {
        refused.increment();
    }

    /** Requests seen. */
    public long requests() {
        return requests.sum();
    }

    /** Sends that went into the ledger. */
    public long accepted() {
        return accepted.sum();
    }

    /** Requests that were answered with an error, or cut, and are not in the ledger. */
    public long refused() {
        return refused.sum();
    }

    /** Sets everything to zero. */
    public void reset() {
        requests.reset();
        accepted.reset();
        refused.reset();
    }
}
