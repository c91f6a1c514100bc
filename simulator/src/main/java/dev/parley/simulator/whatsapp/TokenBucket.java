package dev.parley.simulator.whatsapp;

import java.util.concurrent.atomic.AtomicLong;

/** A token bucket in one number (the time at which it would be full again). Thread-safe without a lock. */
final class TokenBucket {

    private final AtomicLong fullAtMicros = new AtomicLong(Long.MIN_VALUE / 2);

    /**
     * Takes a token if there is one.
     *
     * @param nowMicros the time in microseconds
     * @param intervalMicros one token comes back in this time
     * @param capacity how many tokens the full bucket holds
     */
    boolean take(long nowMicros, long intervalMicros, int capacity) {
        while (true) {
            long fullAt = fullAtMicros.get();
            long next = Math.max(fullAt, nowMicros) + intervalMicros;
            if (next - nowMicros > intervalMicros * capacity) {
                return false;
            }
            if (fullAtMicros.compareAndSet(fullAt, next)) {
                return true;
            }
        }
    }
}
