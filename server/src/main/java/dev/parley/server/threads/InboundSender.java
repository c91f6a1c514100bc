package dev.parley.server.threads;

import dev.parley.connector.Address;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Who wrote, as an inbound message says.
 *
 * @param accountId the account that was written to
 * @param addresses every address that the provider gave of the person, at least one
 * @param at the provider's time of the message
 */
public record InboundSender(UUID organizationId, String channel, UUID accountId, List<Address> addresses, Instant at) {

    public InboundSender {
        addresses = List.copyOf(addresses);
        if (addresses.isEmpty()) {
            throw new IllegalArgumentException("addresses: none (expected: at least one)");
        }
    }

    /** Addresses are personal data. */
    @Override
    public String toString() {
        return "InboundSender[" + channel + " " + accountId + "]";
    }
}
