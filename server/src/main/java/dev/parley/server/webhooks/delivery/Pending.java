package dev.parley.server.webhooks.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A delivery that is to be tried, with what it tells.
 *
 * @param endpoint by which it was found
 * @param position of its event
 * @param lane what has one lane goes in the order of positions
 * @param late whether no order holds for it any more
 * @param tries that it has had since it became pending
 * @param webhook what its webhook says now; null when it was removed
 * @param event what is told; null when the log does not hold it any more
 * @param readAt when webhook and event were as they are here, by a monotonic clock, nanoseconds
 */
record Pending(
        EndpointKey endpoint,
        UUID id,
        UUID webhookId,
        long position,
        int lane,
        boolean late,
        int tries,
        @Nullable Subscription webhook,
        @Nullable Told event,
        long readAt) {

    /** What was read longer ago may have been erased, and the webhook switched off. */
    private static final Duration FRESH = Duration.ofSeconds(1);

    /** Whether webhook and event are to be read again before it is tried. */
    boolean isStale(long now) {
        return now - readAt > FRESH.toNanos();
    }

    /**
     * A webhook as it is now.
     *
     * @param endpointId where it goes; null for nowhere
     */
    record Subscription(
            boolean active, boolean secretHeader, @Nullable UUID endpointId) {}

    /**
     * An event as it is now: one whose content was erased has become a delete.
     *
     * @param state the resource after it; null after a delete
     */
    record Told(
            String event,
            String resourceType,
            UUID resourceId,
            List<String> fields,
            @Nullable String state,
            Instant at) {

        @Override
        public String toString() {
            return "Told[" + event + " " + resourceType + " " + resourceId + "]";
        }
    }
}
