package dev.parley.server.messages;

import dev.parley.server.messages.SubmitCommand.Idempotency;
import dev.parley.server.payloads.Payload;
import dev.parley.server.platform.ids.Ids;
import dev.parley.server.platform.json.Json;
import dev.parley.server.platform.jsonapi.Write;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Makes of what callers write the messages that are to be accepted. Thread-safe. */
final class MessageDrafts {

    private final Ids ids;
    private final InstantSource clock;
    private final Duration expiry;

    MessageDrafts(Ids ids, InstantSource clock, Duration expiry) {
        this.ids = ids;
        this.clock = clock;
        this.expiry = expiry;
    }

    /** The id that the caller chose, or a new one. */
    UUID id(Write write) {
        UUID chosen = write.id();
        return chosen == null ? ids.next() : chosen;
    }

    /** @param bulk whether nobody waits for it; a scheduled one nobody waits for either */
    SubmitCommand command(
            UUID organization, UUID id, Write write, Payload payload, boolean bulk, @Nullable Idempotency idempotency) {
        Message message = message(organization, id, write, payload, now());
        return new SubmitCommand(
                message,
                payload.freeForm(),
                payload.fit(),
                write.id() != null,
                bulk || message.phase() == Phase.SCHEDULED ? SubmitCommand.BULK : SubmitCommand.INTERACTIVE,
                idempotency);
    }

    Schedule schedule(Write write, Instant now) {
        return Schedule.of(write.time(MessageType.SCHEDULED_AT), write.time(MessageType.EXPIRES_AT), now, expiry);
    }

    /** As precise as PostgreSQL keeps it, so that an answer says what is stored. */
    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private Message message(UUID organization, UUID id, Write write, Payload payload, Instant now) {
        ObjectNode metadata = write.value(MessageType.METADATA, ObjectNode.class);
        Schedule schedule = schedule(write, now);
        return new Message(
                organization,
                id,
                write.require(MessageType.THREAD, UUID.class),
                Origin.OUTBOUND,
                write.require(MessageType.SEND_BY, String.class),
                payload.json(),
                metadata == null ? null : Json.text(metadata),
                Delivery.acceptedAt(now),
                schedule.scheduledAt() == null ? Phase.QUEUED : Phase.SCHEDULED,
                schedule.scheduledAt(),
                schedule.expiresAt(),
                1,
                now,
                now);
    }
}
