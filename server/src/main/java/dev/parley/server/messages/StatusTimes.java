package dev.parley.server.messages;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** When a message reached each status; null when it has not, or when it is not known. */
public record StatusTimes(
        @Nullable Instant accepted,
        @Nullable Instant sent,
        @Nullable Instant delivered,
        @Nullable Instant read,
        @Nullable Instant failed) {

    /** Of a message that was just accepted. */
    public static StatusTimes acceptedAt(Instant at) {
        return new StatusTimes(at, null, null, null, null);
    }

    StatusTimes withSent(Instant at) {
        return new StatusTimes(accepted, sent == null ? at : sent, delivered, read, failed);
    }

    StatusTimes withDelivered(Instant at) {
        return new StatusTimes(accepted, sent, delivered == null ? at : delivered, read, failed);
    }

    StatusTimes withRead(Instant at) {
        return new StatusTimes(accepted, sent, delivered, read == null ? at : read, failed);
    }

    StatusTimes withFailed(@Nullable Instant at) {
        return new StatusTimes(accepted, sent, delivered, read, at);
    }
}
