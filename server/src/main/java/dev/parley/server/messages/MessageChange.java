package dev.parley.server.messages;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A change of a message's delivery or phase, under its row's lock.
 *
 * @param after the message as it is from now on
 * @param doubtUntil until when evidence is awaited; null when its outcome is not in doubt
 * @param fields the attributes that changed, for the event; empty when callers see no change, and then there is no event
 */
public record MessageChange(Message after, @Nullable Instant doubtUntil, List<String> fields) {

    private static final List<String> STATUS = List.of("deliveryStatus", "statusTimes");
    private static final List<String> FAILURE = List.of("deliveryStatus", "errorMessages");
    private static final List<String> LIFTED = List.of("deliveryStatus", "errorMessages", "statusTimes");

    /** A change of phase alone: nothing that callers see. */
    public static MessageChange phase(Message before, Phase phase) {
        Message after = new Message(
                before.organizationId(),
                before.id(),
                before.threadId(),
                before.origin(),
                before.sendBy(),
                before.payload(),
                before.metadata(),
                before.delivery(),
                phase,
                before.scheduledAt(),
                before.expiresAt(),
                before.version(),
                before.createdAt(),
                before.updatedAt(),
                before.marks());
        return new MessageChange(after, null, List.of());
    }

    /** A change of delivery. */
    public static MessageChange delivery(Message before, Delivery next, Phase phase, Instant at) {
        List<String> fields = next.status() == DeliveryStatus.FAILED
                ? FAILURE
                : before.delivery().errors().isEmpty() ? STATUS : LIFTED;
        return new MessageChange(before.with(next, phase, at), null, fields);
    }

    /** The outcome of its send is not known from now on. */
    public static MessageChange doubt(Message before, Phase phase, Instant at, Instant until) {
        Delivery now = before.delivery();
        Delivery next = new Delivery(now.status(), now.errors(), now.times(), at);
        return new MessageChange(before.with(next, phase, at), until, List.of("inDoubtSince"));
    }
}
