package dev.parley.server.webhooks.delivery;

import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** When a delivery that failed is tried again. Safe for use by many threads at once. */
final class RetrySchedule {

    /** Up to a tenth shorter or longer, so that what failed together does not come back together. */
    private static final double JITTER = 0.1;

    private final List<Duration> pauses;
    private final RandomGenerator random;

    RetrySchedule(List<Duration> pauses, RandomGenerator random) {
        this.pauses = List.copyOf(pauses);
        this.random = random;
    }

    /**
     * The pause after a failed try.
     *
     * @param before tries before that one
     * @param atLeast what the receiver asked for; null when it did not
     * @return null when it was the last one
     */
    @Nullable
    Duration after(int before, @Nullable Duration atLeast) {
        if (before >= pauses.size()) {
            return null;
        }
        double factor = 1 - JITTER + 2 * JITTER * random.nextDouble();
        Duration pause = Duration.ofMillis((long) (pauses.get(before).toMillis() * factor));
        return atLeast != null && atLeast.compareTo(pause) > 0 ? atLeast : pause;
    }
}
