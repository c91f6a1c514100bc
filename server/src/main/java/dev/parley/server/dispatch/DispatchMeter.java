package dev.parley.server.dispatch;

/** Counts attempts. Safe for use by many threads at once. */
@FunctionalInterface
public interface DispatchMeter {
    /** One attempt ended. */
    void attempted(String provider, AttemptResult.Outcome outcome, long milliseconds);
}
