package dev.parley.server.dispatch;

/** Counts attempts. Safe for use by many threads at once. */
@FunctionalInterface
public interface DispatchMeter {
    /**
     * One attempt ended.
     *
     * @param outcome accepted, refused, not_sent, unknown, too_late or window_closed
     */
    void attempted(String provider, String outcome, long milliseconds);
}
