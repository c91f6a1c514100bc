package dev.parley.server.organizations;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An organization as it is stored.
 *
 * @param webhookUrl where its webhooks go; null for nowhere
 * @param webhookSecret sealed; null without one
 * @param signingSecret sealed
 * @param version rises with each change
 */
record Organization(
        UUID id,
        String name,
        @Nullable String webhookUrl,
        byte @Nullable [] webhookSecret,
        byte[] signingSecret,
        int version,
        Instant createdAt,
        Instant updatedAt) {

    Organization changed(
            String newName,
            @Nullable String newUrl,
            byte @Nullable [] newSecret,
            byte[] newSigningSecret,
            Instant now) {
        return new Organization(id, newName, newUrl, newSecret, newSigningSecret, version + 1, createdAt, now);
    }

    /** The id alone. */
    @Override
    public String toString() {
        return id.toString();
    }
}
