package dev.parley.server.callbacks;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One update of a provider, for one account.
 *
 * @param setAside why it can't be applied; null when it can
 */
record StoredUpdate(
        UUID organizationId,
        UUID accountId,
        String provider,
        String body,
        @Nullable String setAside,
        Instant receivedAt) {
    @Override
    public String toString() {
        return "StoredUpdate[" + provider + ", " + body.length() + " characters]";
    }
}
