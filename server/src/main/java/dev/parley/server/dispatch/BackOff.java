package dev.parley.server.dispatch;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Gaps between tries: doubled each time, with full jitter in the upper half so that nodes and threads do not march in step. */
final class BackOff {

    private static final int MOST_DOUBLINGS = 16;
    private static final int LONGEST_PAIR_SECONDS = 64;

    private final Duration first;
    private final Duration longest;
    private final RandomGenerator random;

    BackOff(Duration first, Duration longest, RandomGenerator random) {
        this.first = first;
        this.longest = longest;
        this.random = random;
    }

    /** The gap after the {@code tries}-th try, counted from 1. */
    Duration after(int tries) {
        long doubled = first.toNanos() << Math.clamp(tries - 1, 0, MOST_DOUBLINGS);
        long whole = Math.min(longest.toNanos(), doubled);
        return Duration.ofNanos(whole / 2 + random.nextLong(whole / 2 + 1));
    }

    /** The gap after a pair refusal: 4^X seconds, X the refusals in a row before it, at most 64 (WhatsApp, error 131056). */
    static Duration pair(int strikes) {
        return Duration.ofSeconds(Math.min(LONGEST_PAIR_SECONDS, 1L << (2 * Math.min(strikes, 3))));
    }
}
