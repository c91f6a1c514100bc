package dev.parley.simulator.callbacks;

import java.time.Duration;

/**
 * How often and when a callback that was not answered with 200 is posted again: at once, then with gaps that double.
 * (Meta goes on for seven days.)
 *
 * @param attempts how many tries at most, the first included
 * @param firstGap the gap before the third try
 * @param maxGap no gap is longer
 */
public record RetryPlan(int attempts, Duration firstGap, Duration maxGap) {

    /** The gap after so many failed tries; zero after the first. */
    Duration gapAfter(int failed) {
        if (failed <= 1) {
            return Duration.ZERO;
        }
        long factor = 1L << Math.min(failed - 2, 20);
        return min(firstGap.multipliedBy(factor), maxGap);
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
