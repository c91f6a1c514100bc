package dev.parley.server.erasure;

import java.util.UUID;

/**
 * How a provider names a message.
 *
 * @param providerMessageId unique within the account; may hold personal data
 */
public record ProviderMessage(UUID organizationId, UUID accountId, String providerMessageId) {

    /** The account alone. */
    @Override
    public String toString() {
        return "ProviderMessage[" + accountId + "]";
    }
}
