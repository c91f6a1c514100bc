package dev.parley.simulator.callbacks;

import java.util.concurrent.atomic.LongAdder;

/** What was posted, over all numbers. Thread-safe. */
public final class CallbackCounters {

    private final LongAdder posts = new LongAdder();
    private final LongAdder failedPosts = new LongAdder();
    private final LongAdder updates = new LongAdder();
    private final LongAdder givenUp = new LongAdder();

    void posted(int count, int answer) {
        posts.increment();
        if (answer == 200) {
            updates.add(count);
        } else {
            failedPosts.increment();
        }
    }

    void gaveUp(int count) {
        givenUp.add(count);
    }

    /** POSTs made, repeated ones included. */
    public long posts() {
        return posts.sum();
    }

    /** POSTs that were not answered with 200. */
    public long failedPosts() {
        return failedPosts.sum();
    }

    /** Updates that were answered with 200. */
    public long updates() {
        return updates.sum();
    }

    /** Updates that were never answered with 200 and are not tried again. */
    public long givenUp() {
        return givenUp.sum();
    }

    /** Sets everything to zero. */
    public void reset() {
        posts.reset();
        failedPosts.reset();
        updates.reset();
        givenUp.reset();
    }
}
