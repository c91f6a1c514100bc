package dev.parley.server.dispatch;

import java.time.Duration;

/**
 * How dispatch behaves.
 *
 * @param concurrency the most calls under way on this node
 * @param callDeadline the longest that one call may take; under a third of the lease, so that two fit with what is around them
 * @param lease how long a claim holds its thread
 * @param doubtWait how long evidence is awaited for a send whose outcome is not known
 * @param firstBackOff the first gap between two tries
 * @param longestBackOff the longest gap between two tries
 * @param circuit when a provider that does not answer is left alone
 */
public record DispatchSettings(
        int concurrency,
        Duration callDeadline,
        Duration lease,
        Duration doubtWait,
        Duration firstBackOff,
        Duration longestBackOff,
        Circuit.Limits circuit) {

    public DispatchSettings {
        if (lease.compareTo(callDeadline.multipliedBy(3)) <= 0) {
            throw new IllegalArgumentException(
                    "lease: " + lease + " (expected: more than three times callDeadline, " + callDeadline + ")");
        }
    }
}
