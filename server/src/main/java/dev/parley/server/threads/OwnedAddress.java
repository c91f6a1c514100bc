package dev.parley.server.threads;

import dev.parley.connector.Address;
import java.util.Comparator;
import java.util.UUID;

/** An address within an organization and channel: what belongs to one thread at most. */
record OwnedAddress(UUID organizationId, String channel, String kind, String value) {

    /** The order in which address rows are written, so that two writers never wait for each other in a circle. */
    static final Comparator<OwnedAddress> ORDER = Comparator.comparing(OwnedAddress::organizationId)
            .thenComparing(OwnedAddress::channel)
            .thenComparing(OwnedAddress::kind)
            .thenComparing(OwnedAddress::value);

    static OwnedAddress of(UUID organization, String channel, Address address) {
        return new OwnedAddress(organization, channel, address.kind(), address.value());
    }

    /** The value is personal data. */
    @Override
    public String toString() {
        return "OwnedAddress[" + channel + " " + kind + "]";
    }
}
