package dev.parley.server.dispatch;

import java.time.Duration;

/**
 * Keeps a node from calling a provider that does not answer for one account: after some failures in a row nothing is sent for
 * a while, then one message tries. Messages wait without using up attempts. Safe for use by many threads at once. Times are of
 * a monotonic clock, nanoseconds.
 */
final class Circuit {

    private static final int FAILURES = 10;
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final int MOST_DOUBLINGS = 5;

    private int failures;
    private int opened;
    private long openUntil;

    /** How many calls may start now: all of {@code wanted}, one to try, or none. */
    synchronized int allowed(int wanted, long now) {
        if (failures < FAILURES) {
            return wanted;
        }
        return openUntil - now > 0 ? 0 : Math.min(1, wanted);
    }

    /** When it may be tried again. */
    synchronized long openUntil() {
        return openUntil;
    }

    synchronized boolean isOpen() {
        return failures >= FAILURES;
    }

    synchronized void answered() {
        failures = 0;
        opened = 0;
    }

    synchronized void failed(long now) {
        failures++;
        if (failures >= FAILURES && openUntil - now <= 0) {
            openUntil = now + (SHORTEST.toNanos() << Math.min(opened, MOST_DOUBLINGS));
            opened++;
        }
    }
}
