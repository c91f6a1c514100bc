package dev.parley.server.messages;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message as it stands.
 *
 * @param threadId the thread it belongs to
 * @param sendBy who it is from, for people; null where a candidate wrote it
 * @param payload what it says, as the JSON object that the API shows; null when erased
 * @param metadata the caller's own keys as a JSON object; null when there are none
 * @param delivery how far it has come
 * @param phase where it is in dispatch
 * @param scheduledAt when it becomes due; null for at once
 * @param expiresAt after this it is not sent
 * @param version rises with each change
 * @param marks what happened to it beside its delivery
 */
public record Message(
        UUID organizationId,
        UUID id,
        UUID threadId,
        Origin origin,
        @Nullable String sendBy,
        @Nullable String payload,
        @Nullable String metadata,
        Delivery delivery,
        Phase phase,
        @Nullable Instant scheduledAt,
        @Nullable Instant expiresAt,
        int version,
        Instant createdAt,
        Instant updatedAt,
        Marks marks) {

    /** A message that nothing happened to. */
    public Message(
            UUID organizationId,
            UUID id,
            UUID threadId,
            Origin origin,
            @Nullable String sendBy,
            @Nullable String payload,
            @Nullable String metadata,
            Delivery delivery,
            Phase phase,
            @Nullable Instant scheduledAt,
            @Nullable Instant expiresAt,
            int version,
            Instant createdAt,
            Instant updatedAt) {
        this(
                organizationId,
                id,
                threadId,
                origin,
                sendBy,
                payload,
                metadata,
                delivery,
                phase,
                scheduledAt,
                expiresAt,
                version,
                createdAt,
                updatedAt,
                Marks.NONE);
    }

    /** The next version of it, after something happened to it. */
    public Message marked(@Nullable String newPayload, Marks newMarks, Instant at) {
        return new Message(
                organizationId,
                id,
                threadId,
                origin,
                sendBy,
                newPayload,
                metadata,
                delivery,
                phase,
                scheduledAt,
                expiresAt,
                version + 1,
                createdAt,
                at,
                newMarks);
    }

    /** The next version of it, with another delivery and phase. */
    public Message with(Delivery next, Phase nextPhase, Instant at) {
        return new Message(
                organizationId,
                id,
                threadId,
                origin,
                sendBy,
                payload,
                metadata,
                next,
                nextPhase,
                scheduledAt,
                expiresAt,
                version + 1,
                createdAt,
                at,
                marks);
    }

    /** The next version of it, edited. */
    Message edited(
            @Nullable String newSendBy,
            @Nullable String newPayload,
            @Nullable String newMetadata,
            @Nullable Instant newScheduledAt,
            @Nullable Instant newExpiresAt,
            Instant at) {
        return new Message(
                organizationId,
                id,
                threadId,
                origin,
                newSendBy,
                newPayload,
                newMetadata,
                delivery,
                phase,
                newScheduledAt,
                newExpiresAt,
                version + 1,
                createdAt,
                at,
                marks);
    }

    /** The same in the thread that it really belongs to. */
    Message inThread(UUID thread) {
        if (thread.equals(threadId)) {
            return this;
        }
        return new Message(
                organizationId,
                id,
                thread,
                origin,
                sendBy,
                payload,
                metadata,
                delivery,
                phase,
                scheduledAt,
                expiresAt,
                version,
                createdAt,
                updatedAt,
                marks);
    }

    @Override
    public String toString() {
        return "Message[" + id + " " + delivery.status() + " " + phase + "]";
    }
}
