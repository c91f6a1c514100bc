package dev.parley.testkit.clock;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/** A clock that stands still until a test moves it. Safe for several threads. */
public final class SteerableClock implements InstantSource {
    /** Where {@link #fixed} begins: a Monday morning, microseconds included so that rounding shows. */
    public static final Instant BEGIN = Instant.parse("2026-03-02T08:15:30.123456Z");

    private Instant now;

    private SteerableClock(Instant start) {
        now = start;
    }

    /** Begins at {@link #BEGIN}, the same in every run. */
    public static SteerableClock fixed() {
        return new SteerableClock(BEGIN);
    }

    /** Begins at the real time, cut to the microseconds that PostgreSQL keeps, and stands still there. */
    public static SteerableClock realNow() {
        return new SteerableClock(InstantSource.system().instant().truncatedTo(ChronoUnit.MICROS));
    }

    /** Begins at {@code start}. */
    public static SteerableClock at(Instant start) {
        return new SteerableClock(start);
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }

    /** Moves forward, or back when negative, as clocks of real machines do at times; answers the new time. */
    public synchronized Instant advance(Duration by) {
        now = now.plus(by);
        return now;
    }

    /** Moves to a point in time, earlier or later. */
    public synchronized void set(Instant to) {
        now = to;
    }
}
