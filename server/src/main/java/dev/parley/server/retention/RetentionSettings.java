package dev.parley.server.retention;

import java.time.Duration;

/**
 * How long things are kept, each at least; they go some minutes to hours later.
 *
 * @param events how long events can be read
 * @param idempotency how long an {@code Idempotency-Key} is remembered
 * @param attempts how long attempts are kept after they ended
 * @param webhookLogs how long deliveries are kept after they were made
 * @param audit how long entries of the audit log are kept
 */
public record RetentionSettings(
        Duration events, Duration idempotency, Duration attempts, Duration webhookLogs, Duration audit) {

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException when one is shorter than a second
     */
    public RetentionSettings {
        check("events", events);
        check("idempotency", idempotency);
        check("attempts", attempts);
        check("webhookLogs", webhookLogs);
        check("audit", audit);
    }

    private static void check(String name, Duration value) {
        if (value.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("retention." + name + ": must be one second or more");
        }
    }
}
