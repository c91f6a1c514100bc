package dev.parley.postgres;

import java.time.Duration;

/**
 * How long to wait before a database that died is started again. The first time at once; then {@code first}, doubled
 * each time up to {@code most}. A database that ran for {@code stableAfter} counts as sound again.
 *
 * @param first the wait before the second start in a row, above zero
 * @param most the longest wait, at least {@code first}
 * @param stableAfter how long it must run before its next death counts as the first one
 */
public record RestartDelays(Duration first, Duration most, Duration stableAfter) {
    /** 100 ms, doubled up to 10 s; sound after a minute. */
    public static final RestartDelays DEFAULT =
            new RestartDelays(Duration.ofMillis(100), Duration.ofSeconds(10), Duration.ofMinutes(1));

    /** Checks the limits. */
    public RestartDelays {
        if (first.isNegative() || first.isZero() || most.compareTo(first) < 0) {
            throw new IllegalArgumentException("delays: " + first + ".." + most + " (expected: 0 < first <= most)");
        }
    }

    /** The wait before a start that follows {@code deaths} deaths in a row (1 = the first). */
    Duration before(int deaths) {
        if (deaths <= 1) {
            return Duration.ZERO;
        }
        Duration wait = first;
        for (int i = 2; i < deaths && wait.compareTo(most) < 0; i++) {
            wait = wait.multipliedBy(2);
        }
        return wait.compareTo(most) > 0 ? most : wait;
    }
}
