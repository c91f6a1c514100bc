package dev.parley.server.threads;

import dev.parley.connector.Address;
import dev.parley.connector.ProviderUpdate;
import dev.parley.server.threads.AddressStore.Claim;
import dev.parley.server.threads.AddressStore.Owner;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One run of {@link ThreadIdentity#renamed}. Of one thread. */
final class Renaming {

    private final Connection connection;
    private final UUID organization;
    private final String channel;
    private final Instant at;
    private final List<OwnedAddress> former;
    private final List<OwnedAddress> known;
    private final List<OwnedAddress> current;
    private final Instant now;

    Renaming(Connection connection, UUID organization, String channel, ProviderUpdate.Renamed update, Instant now) {
        this.connection = connection;
        this.organization = organization;
        this.channel = channel;
        this.at = update.at();
        this.former = owned(update.former());
        this.known = owned(update.known());
        this.current = owned(update.current());
        this.now = now;
    }

    private List<OwnedAddress> owned(List<Address> addresses) {
        return addresses.stream()
                .map(address -> OwnedAddress.of(organization, channel, address))
                .toList();
    }

    void run() throws SQLException {
        UUID found = thread(owners());
        if (found == null) {
            return;
        }
        ThreadKey key = new ThreadKey(organization, found);
        boolean locked = !ThreadStore.lockDispatch(connection, Set.of(key)).isEmpty();
        Map<OwnedAddress, Owner> owners = owners();
        if (!locked || !found.equals(thread(owners))) {
            throw new SQLException("the thread was removed or merged this moment", "40001");
        }
        ThreadStore.lock(connection, Set.of(key));
        MessageThread thread = ThreadStore.find(connection, key);
        if (thread != null) {
            move(thread, owners);
        }
    }

    private Map<OwnedAddress, Owner> owners() throws SQLException {
        Set<OwnedAddress> all = new HashSet<>(former);
        all.addAll(known);
        all.addAll(current);
        return AddressStore.owners(connection, all);
    }

    /** Whose addresses these are: by what stays, else by what was, else by what is new. */
    private @Nullable UUID thread(Map<OwnedAddress, Owner> owners) {
        for (List<OwnedAddress> addresses : List.of(known, former, current)) {
            for (OwnedAddress address : addresses) {
                Owner owner = owners.get(address);
                if (owner != null && wasOwnerThen(owner)) {
                    return owner.threadId();
                }
            }
        }
        return null;
    }

    /** Who got the address later is not who left it. */
    private boolean wasOwnerThen(Owner owner) {
        return owner.since() == null || owner.since().isBefore(at);
    }

    private void move(MessageThread thread, Map<OwnedAddress, Owner> owners) throws SQLException {
        List<Claim> claims = new ArrayList<>();
        List<MergeListStore.Pair> pairs = new ArrayList<>();
        for (List<OwnedAddress> addresses : List.of(known, current)) {
            for (OwnedAddress address : addresses) {
                Owner owner = owners.get(address);
                if (owner == null || isLeft(owner)) {
                    claims.add(new Claim(address, thread.id()));
                } else if (owner.formerAt() == null && !owner.threadId().equals(thread.id())) {
                    pairs.add(new MergeListStore.Pair(organization, thread.id(), owner.threadId()));
                }
            }
        }
        List<Claim> left = new ArrayList<>();
        for (OwnedAddress address : former) {
            Owner owner = owners.get(address);
            if (owner == null) {
                claims.add(new Claim(address, thread.id()));
            }
            if (owner == null || (owner.threadId().equals(thread.id()) && wasOwnerThen(owner))) {
                left.add(new Claim(address, thread.id()));
            } else if (owner.formerAt() == null && wasOwnerThen(owner)) {
                pairs.add(new MergeListStore.Pair(organization, thread.id(), owner.threadId()));
            }
        }
        AddressStore.claim(connection, claims);
        AddressStore.leave(connection, left, at);
        MergeListStore.note(connection, pairs, now);
        follow(thread, left, owners);
    }

    private boolean isLeft(Owner owner) {
        return owner.formerAt() != null && owner.formerAt().isBefore(at);
    }

    /** A thread that was called by what is left is called by what is new, unless another thread is called so until the merge. */
    private void follow(MessageThread thread, List<Claim> left, Map<OwnedAddress, Owner> owners) throws SQLException {
        for (Claim claim : left) {
            if (claim.address().value().equals(thread.identifier())) {
                OwnedAddress next = current.stream()
                        .filter(address -> address.kind().equals(claim.address().kind()))
                        .findFirst()
                        .orElse(current.getFirst());
                String value = called(thread, next, owners.get(next));
                if (value != null) {
                    Identifier.change(connection, thread, value, now);
                }
                return;
            }
        }
    }

    /** By what the thread is called now; null where that is another thread's until the merge. */
    private @Nullable String called(MessageThread thread, OwnedAddress next, @Nullable Owner owner)
            throws SQLException {
        if (owner == null || isLeft(owner)) {
            return next.value();
        }
        if (!owner.threadId().equals(thread.id())) {
            return null;
        }
        // Where it was left as well, of which was told before, it is called by what it has now.
        return owner.formerAt() == null ? next.value() : AddressStore.inForce(connection, thread.key(), next.kind());
    }
}
