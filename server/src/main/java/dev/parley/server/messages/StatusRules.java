package dev.parley.server.messages;

import dev.parley.connector.ProviderUpdate.Reported;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a delivery changes: the whole of the rule that a status only moves forward. Pure functions; each gives null when
 * nothing changes.
 */
public final class StatusRules {

    private StatusRules() {}

    /** What a provider's report makes of it, whatever order and however often reports come. */
    public static @Nullable Delivery reported(Delivery now, Reported status, Instant at, @Nullable MessageError error) {
        return switch (status) {
            case SENT -> sent(now, at);
            case DELIVERED -> delivered(now, at);
            case READ -> read(now, at);
            case FAILED -> error == null ? null : failed(now, at, error);
        };
    }

    /** The provider's positive answer, or its report that the message left it. */
    public static @Nullable Delivery sent(Delivery now, Instant at) {
        return switch (now.status()) {
            case ACCEPTED -> risen(DeliveryStatus.SENT, now.times().withSent(at));
            case FAILED ->
                liftedBySent(now)
                        ? risen(DeliveryStatus.SENT, now.times().withSent(at).withFailed(null))
                        : null;
            case SENT, DELIVERED, READ -> null;
        };
    }

    /** Refused, expired or given up: follows ACCEPTED or SENT only. */
    public static @Nullable Delivery failed(Delivery now, Instant at, MessageError error) {
        return switch (now.status()) {
            case ACCEPTED, SENT ->
                new Delivery(DeliveryStatus.FAILED, List.of(error), now.times().withFailed(at), null);
            case DELIVERED, READ, FAILED -> null;
        };
    }

    private static @Nullable Delivery delivered(Delivery now, Instant at) {
        return switch (now.status()) {
            case ACCEPTED, SENT, FAILED ->
                risen(DeliveryStatus.DELIVERED, now.times().withDelivered(at).withFailed(null));
            case DELIVERED, READ -> null;
        };
    }

    private static @Nullable Delivery read(Delivery now, Instant at) {
        return switch (now.status()) {
            case ACCEPTED, SENT, DELIVERED, FAILED ->
                risen(
                        DeliveryStatus.READ,
                        now.times().withDelivered(at).withRead(at).withFailed(null));
            case READ -> null;
        };
    }

    private static Delivery risen(DeliveryStatus status, StatusTimes times) {
        return new Delivery(status, List.of(), times.withSent(firstOf(times)), null);
    }

    /** When a later status implies an earlier one that was never reported, the earlier has the later's time. */
    private static Instant firstOf(StatusTimes times) {
        if (times.sent() != null) {
            return times.sent();
        }
        if (times.delivered() != null) {
            return times.delivered();
        }
        return times.read() == null ? Instant.EPOCH : times.read();
    }

    /** A report of {@code sent} proves a message that was given up without knowing better. */
    private static boolean liftedBySent(Delivery now) {
        return now.errors().stream()
                .allMatch(error -> error.code().equals(MessageError.OUTCOME_UNKNOWN.code())
                        || error.code().equals(MessageError.EXPIRED.code()));
    }
}
