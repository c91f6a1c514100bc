package dev.parley.server.dispatch;

import java.time.Duration;

/**
 * Keeps a node from calling a provider that does not answer for one account: after some failures in a row nothing is sent for
 * a while, then one message tries, once the provider answers when it is asked. Messages wait without using up attempts. Safe for
 * use by many threads at once. Times are of a monotonic clock, nanoseconds.
 */
public final class Circuit {

    private static final int MOST_DOUBLINGS = 16;

    /**
     * When it opens and for how long.
     *
     * @param failures in a row after which nothing is sent for a while
     * @param pause the first while; doubled each time
     * @param longestPause the longest
     */
    public record Limits(int failures, Duration pause, Duration longestPause) {}

    private final Limits limits;
    private int failures;
    private int opened;
    private long openUntil;
    private boolean trying;

    Circuit(Limits limits) {
        this.limits = limits;
    }

    /** How many calls may start now: all of {@code wanted}, one to try, or none, also while that one is under way. */
    synchronized int allowed(int wanted, long now) {
        if (failures < limits.failures()) {
            return wanted;
        }
        if (trying || openUntil - now > 0) {
            return 0;
        }
        trying = true;
        return Math.min(1, wanted);
    }

    /** When to ask again, where none was allowed. */
    synchronized long again(long now) {
        return trying ? now + limits.pause().toNanos() : openUntil;
    }

    /** The one that was to try is over, or there was none: whatever became of it, another may try. */
    synchronized void tried() {
        trying = false;
    }

    synchronized boolean isOpen() {
        return failures >= limits.failures();
    }

    synchronized void answered() {
        failures = 0;
        opened = 0;
    }

    synchronized void failed(long now) {
        failures++;
        if (failures >= limits.failures() && openUntil - now <= 0) {
            long doubled = limits.pause().toNanos() << Math.min(opened, MOST_DOUBLINGS);
            openUntil = now + Math.min(doubled, limits.longestPause().toNanos());
            opened++;
        }
    }
}
