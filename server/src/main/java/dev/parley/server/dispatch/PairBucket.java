package dev.parley.server.dispatch;

import dev.parley.connector.Capabilities.PairRate;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The token bucket between one account and one candidate, kept in the thread's dispatch row so that a restart does not
 * forget it.
 *
 * @param tokens what was left at {@code refilledAt}; null for a full one
 */
record PairBucket(@Nullable Double tokens, @Nullable Instant refilledAt) {

    /** As it is at {@code now}. */
    PairBucket refilled(PairRate rate, Instant now) {
        if (tokens == null || refilledAt == null) {
            return new PairBucket((double) rate.capacity(), now);
        }
        double gained = Math.max(0, Duration.between(refilledAt, now).toNanos())
                / (double) rate.refill().toNanos();
        return new PairBucket(Math.min(rate.capacity(), tokens + gained), now);
    }

    /** How long until one may go; zero for at once. Of a {@link #refilled} one. */
    Duration untilOne(PairRate rate) {
        if (tokens == null || tokens >= 1) {
            return Duration.ZERO;
        }
        return Duration.ofNanos((long) Math.ceil((1 - tokens) * rate.refill().toNanos()));
    }

    /** With one taken out. */
    PairBucket taken() {
        return tokens == null ? this : new PairBucket(tokens - 1, refilledAt);
    }
}
