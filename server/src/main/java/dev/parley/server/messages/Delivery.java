package dev.parley.server.messages;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a message has come.
 *
 * @param errors why it failed; empty when it did not
 * @param doubtSince since when the outcome of its send is not known; null when it is
 */
public record Delivery(
        DeliveryStatus status,
        List<MessageError> errors,
        StatusTimes times,
        @Nullable Instant doubtSince) {

    /** Of a message that was just accepted. */
    public static Delivery acceptedAt(Instant at) {
        return new Delivery(DeliveryStatus.ACCEPTED, List.of(), StatusTimes.acceptedAt(at), null);
    }
}
