package dev.parley.server.messages;

import dev.parley.server.messages.SubmitCommand.Idempotency;
import dev.parley.server.payloads.ChannelFit;
import dev.parley.server.platform.jsonapi.Problem;
import dev.parley.server.platform.jsonapi.ProblemCode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;

/** Submit commands as the route would make them. */
@NullUnmarked
final class Commands {

    /** What a text says to a channel that takes only shorter ones. */
    static final Problem TOO_LONG = Problem.of(ProblemCode.INVALID_VALUE, "too long");

    private Commands() {}

    static ChannelFit fit(int length) {
        return rule -> length <= rule.can().textLimit() ? List.of() : List.of(TOO_LONG);
    }

    static SubmitCommand text(UUID organization, UUID thread, String text) {
        return chosen(organization, UUID.randomUUID(), thread, text);
    }

    static SubmitCommand chosen(UUID organization, UUID id, UUID thread, String text) {
        return command(message(organization, id, thread, text, null), text.length(), null);
    }

    static SubmitCommand scheduled(UUID organization, UUID thread, Instant at) {
        return command(message(organization, UUID.randomUUID(), thread, "later", at), 5, null);
    }

    static SubmitCommand keyed(UUID organization, UUID thread, String text, int key, int fingerprint) {
        return command(
                message(organization, UUID.randomUUID(), thread, text, null),
                text.length(),
                new Idempotency(new byte[] {(byte) key}, new byte[] {(byte) fingerprint}));
    }

    private static SubmitCommand command(Message message, int length, Idempotency idempotency) {
        return new SubmitCommand(message, true, fit(length), true, 0, idempotency);
    }

    private static Message message(UUID organization, UUID id, UUID thread, String text, Instant at) {
        Instant now = MessagesDatabase.now();
        return new Message(
                organization,
                id,
                thread,
                Origin.OUTBOUND,
                "John",
                "{\"type\":\"text\",\"text\":{\"value\":\"" + text + "\"}}",
                "{\"vacancy\":\"4711\"}",
                Delivery.acceptedAt(now),
                at == null ? Phase.QUEUED : Phase.SCHEDULED,
                at,
                (at == null ? now : at).plus(Duration.ofHours(24)),
                1,
                now,
                now);
    }
}
