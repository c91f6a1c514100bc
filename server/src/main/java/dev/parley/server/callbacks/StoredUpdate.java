package dev.parley.server.callbacks;

import dev.parley.connector.ProviderUpdate;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One update of a provider, for one account.
 *
 * @param status what it reports of a message of ours, to be applied where it is stored; null when it says something else, or is
 *     to be stored alone
 * @param setAside why it can't be applied; null when it can
 */
record StoredUpdate(
        UUID organizationId,
        UUID accountId,
        String provider,
        String body,
        ProviderUpdate.@Nullable Status status,
        @Nullable String setAside,
        Instant receivedAt) {

    /** The same, to be applied later. */
    StoredUpdate forLater() {
        return new StoredUpdate(organizationId, accountId, provider, body, null, setAside, receivedAt);
    }

    @Override
    public String toString() {
        return "StoredUpdate[" + provider + ", " + body.length() + " characters]";
    }
}
