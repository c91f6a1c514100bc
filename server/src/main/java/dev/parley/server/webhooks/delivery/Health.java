package dev.parley.server.webhooks.delivery;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How an endpoint does, in its owner's memory: how many requests it may have at once, and whether it is left alone. After
 * failures in a row the circuit opens; then one request at a time tries it, with growing pauses, until one succeeds. Not
 * thread-safe; {@link OwnedEndpoint} guards it.
 */
final class Health {

    /** Requests at once to one endpoint. */
    static final int MOST_AT_ONCE = 32;

    private static final int MOST_DOUBLINGS = 20;

    private final DeliverySettings settings;
    private int failures;
    private int limit;
    private boolean open;
    private long changes;

    /**
     * What is to be kept in the endpoint's row.
     *
     * @param number rises; of several changes the last one counts
     * @param failures in a row
     * @param openFor how long nothing is to be sent; null leaves that as it is
     */
    record Change(long number, int failures, @Nullable Duration openFor) {}

    /** @param failures that its row holds */
    Health(DeliverySettings settings, int failures) {
        this.settings = settings;
        this.failures = failures;
        this.limit = failures >= settings.circuitFailures() ? 1 : MOST_AT_ONCE;
    }

    /** How many requests may be under way. */
    int limit() {
        return open ? 0 : limit;
    }

    /** What to keep; null when nothing changed. */
    @Nullable
    Change succeeded() {
        limit = Math.min(MOST_AT_ONCE, limit * 2);
        open = false;
        if (failures == 0) {
            return null;
        }
        failures = 0;
        return new Change(++changes, 0, null);
    }

    /**
     * A try failed.
     *
     * @param retryAfter how long the receiver wants to be left alone; null when it did not say
     * @return what to keep; null when the circuit was opened by an earlier one
     */
    @Nullable
    Change failed(@Nullable Duration retryAfter) {
        if (open && retryAfter == null) {
            return null;
        }
        failures++;
        limit = Math.max(1, limit / 2);
        Duration pause = failures >= settings.circuitFailures() ? pause() : null;
        Duration openFor = longer(pause, retryAfter);
        open |= openFor != null;
        return new Change(++changes, failures, openFor);
    }

    private Duration pause() {
        int doublings = Math.min(failures - settings.circuitFailures(), MOST_DOUBLINGS);
        Duration doubled = settings.circuitPause().multipliedBy(1L << doublings);
        return doubled.compareTo(settings.circuitMaxPause()) > 0 ? settings.circuitMaxPause() : doubled;
    }

    private static @Nullable Duration longer(@Nullable Duration one, @Nullable Duration other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.compareTo(other) > 0 ? one : other;
    }
}
