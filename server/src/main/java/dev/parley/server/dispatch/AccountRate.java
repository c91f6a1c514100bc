package dev.parley.server.dispatch;

import dev.parley.server.dispatch.ClaimStore.Locked;
import java.time.Duration;
import java.time.Instant;

/**
 * An account's rate as it is now: a token bucket in the database, so that all nodes share it. It holds one slice at most.
 */
record AccountRate(double tokens, Instant at, double bulkCredit, double perSecond, double capacity) {

    private static final double BULK_SHARE = 0.1;
    private static final long SHORTEST_NAP_MILLIS = 5;
    private static final double NANOS = 1e9;
    /** More than statements of several sessions differ by. */
    private static final Duration JUMP = Duration.ofSeconds(1);

    static AccountRate of(Locked locked, Duration slice) {
        double perSecond = locked.account().messagesPerSecond();
        double capacity = Math.max(1, perSecond * slice.toMillis() / 1000.0);
        Duration since = Duration.between(locked.refilledAt(), locked.now());
        // When the database's clock has gone back, nothing would be gained until it is there again.
        double gained = since.plus(JUMP).isNegative() ? capacity : Math.max(0, since.toNanos()) / NANOS * perSecond;
        return new AccountRate(
                Math.min(capacity, locked.tokens() + gained), locked.now(), locked.bulkCredit(), perSecond, capacity);
    }

    /** How many may be sent now. */
    int whole() {
        return (int) Math.floor(tokens);
    }

    /** How many of {@code granted} bulk messages take before interactive ones: at least a tenth over time. */
    int owedToBulk(int granted) {
        return Math.min(granted, (int) Math.floor(bulkCredit));
    }

    /** How long until one more may be sent. */
    Duration untilOne() {
        double seconds = Math.max(0, 1 - tokens) / perSecond;
        return Duration.ofMillis(Math.max(SHORTEST_NAP_MILLIS, (long) Math.ceil(seconds * 1000)));
    }

    /** With what was taken out and not used. */
    AccountRate givenBack(int unused) {
        return new AccountRate(Math.min(capacity, tokens + unused), at, bulkCredit, perSecond, capacity);
    }

    /** After {@code sent} were taken out, {@code bulk} of them bulk. */
    AccountRate taken(int sent, int bulk) {
        double credit = Math.clamp(bulkCredit + BULK_SHARE * sent - bulk, 0, capacity);
        return new AccountRate(tokens - sent, at, credit, perSecond, capacity);
    }
}
