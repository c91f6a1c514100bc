package dev.parley.server.callbacks;

import dev.parley.connector.ProviderUpdate;
import dev.parley.connector.RouteKey;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One update of a provider, for one account.
 *
 * @param status what it reports of a message of ours, to be applied where it is stored; null when it says something else, or is
 *     to be stored alone
 * @param setAside why it can't be applied; null when it can
 * @param unrouted what it waits for; null when its account is known
 */
record StoredUpdate(
        UUID organizationId,
        UUID accountId,
        String provider,
        String body,
        ProviderUpdate.@Nullable Status status,
        @Nullable String setAside,
        @Nullable Unrouted unrouted,
        Instant receivedAt) {

    /** An account with this key and this secret. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared, never changed.
    record Unrouted(RouteKey key, byte[] secretFingerprint) {}

    /** The same, to be applied later. */
    StoredUpdate forLater() {
        return new StoredUpdate(organizationId, accountId, provider, body, null, setAside, unrouted, receivedAt);
    }

    @Override
    public String toString() {
        return "StoredUpdate[" + provider + ", " + body.length() + " characters]";
    }
}
