package dev.parley.server.webhooks;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A webhook as it is stored.
 *
 * @param resource the JSON:API type whose events it is told
 * @param event create, update or delete
 * @param fields it is told when one of them changed; empty for every change
 * @param url its own address; null for the organization's
 * @param endpointId where it goes now; null for nowhere
 * @param secretHeader whether the plain secret goes along
 * @param inactiveReason why the server switched it off; null when it didn't
 * @param pausedAt since when its endpoint is left alone, as it failed for days; kept with the endpoint
 * @param version rises with each change
 */
record Webhook(
        UUID id,
        String resource,
        String event,
        List<String> fields,
        @Nullable String url,
        @Nullable UUID endpointId,
        boolean secretHeader,
        boolean active,
        @Nullable String inactiveReason,
        @Nullable Instant pausedAt,
        int version,
        Instant createdAt,
        Instant updatedAt) {

    Webhook at(UUID endpoint) {
        return new Webhook(
                id,
                resource,
                event,
                fields,
                url,
                endpoint,
                secretHeader,
                active,
                inactiveReason,
                pausedAt,
                version,
                createdAt,
                updatedAt);
    }

    Webhook off(String reason, Instant now) {
        return new Webhook(
                id,
                resource,
                event,
                fields,
                url,
                endpointId,
                secretHeader,
                false,
                reason,
                pausedAt,
                version + 1,
                createdAt,
                now);
    }

    /** The id alone: an address may hold a secret. */
    @Override
    public String toString() {
        return id.toString();
    }
}
