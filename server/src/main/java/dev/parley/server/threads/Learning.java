package dev.parley.server.threads;

import dev.parley.connector.Address;
import dev.parley.server.threads.AddressStore.Claim;
import dev.parley.server.threads.AddressStore.Owner;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Adds addresses to a thread that a provider has named. */
final class Learning {

    private Learning() {}

    /** Whether the thread has all of the addresses, or is gone. */
    static boolean isKnown(Connection connection, ThreadKey key, List<Address> addresses) throws SQLException {
        MessageThread thread = ThreadStore.find(connection, key);
        return thread == null || AddressStore.of(connection, thread.key()).containsAll(addresses);
    }

    /**
     * Adds what is free, and notes a merge with whoever has the rest; whether there is one to be done. A thread that was given
     * another person's address since learns nothing of the one before.
     */
    static boolean learn(
            Connection connection, ThreadKey key, @Nullable Address sentTo, List<Address> addresses, Instant now)
            throws SQLException {
        MessageThread thread = ThreadStore.find(connection, key);
        if (thread == null) {
            return false;
        }
        if (ThreadStore.lockDispatch(connection, Set.of(thread.key())).isEmpty()) {
            throw new SQLException("the thread was removed or merged this moment", "40001");
        }
        if (sentTo != null && !isNamedBy(connection, thread, sentTo)) {
            return false;
        }
        List<OwnedAddress> wanted = addresses.stream()
                .map(address -> OwnedAddress.of(thread.organizationId(), thread.channel(), address))
                .distinct()
                .toList();
        AddressStore.claim(
                connection,
                wanted.stream().map(address -> new Claim(address, thread.id())).toList());
        Map<OwnedAddress, Owner> owners = AddressStore.owners(connection, wanted);
        List<MergeListStore.Pair> pairs = new ArrayList<>();
        for (Owner owner : Set.copyOf(owners.values())) {
            if (!owner.threadId().equals(thread.id())) {
                pairs.add(new MergeListStore.Pair(thread.organizationId(), thread.id(), owner.threadId()));
            }
        }
        MergeListStore.note(connection, pairs, now);
        return !pairs.isEmpty();
    }

    private static boolean isNamedBy(Connection connection, MessageThread thread, Address address) throws SQLException {
        OwnedAddress owned = OwnedAddress.of(thread.organizationId(), thread.channel(), address);
        Owner owner = AddressStore.owners(connection, List.of(owned)).get(owned);
        return owner != null && owner.threadId().equals(thread.id()) && owner.formerAt() == null;
    }
}
