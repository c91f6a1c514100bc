package dev.parley.server.threads;

import dev.parley.connector.Address;
import dev.parley.connector.Connector;
import dev.parley.server.events.EventLog;
import dev.parley.server.platform.ids.Ids;
import dev.parley.server.threads.ActivityStore.Activity;
import dev.parley.server.threads.AddressStore.Claim;
import dev.parley.server.threads.AddressStore.Owner;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One run of {@link ThreadIdentity#resolveInbound}, in few statements whatever the number of senders. Of one thread. */
final class InboundResolution {

    private static final int MOST_LOOKS = 10;

    private final Connection connection;
    private final Map<String, Connector> connectors;
    private final Ids ids;
    private final Instant now;

    /** What is known of a person: the threads that own an address, the older first. */
    private record Known(Person person, TreeSet<Owner> owners, List<OwnedAddress> free) {}

    InboundResolution(Connection connection, Map<String, Connector> connectors, Ids ids, Instant now) {
        this.connection = connection;
        this.connectors = connectors;
        this.ids = ids;
        this.now = now;
    }

    Map<InboundSender, ResolvedThread> resolve(List<InboundSender> senders) throws SQLException {
        List<Known> known = lookAndLock(Person.of(senders));
        Map<Person, ResolvedThread> threads = new HashMap<>();
        List<MessageThread> made = new ArrayList<>();
        List<Claim> claims = new ArrayList<>();
        for (Known one : known) {
            ResolvedThread thread = one.owners().isEmpty()
                    ? made(one.person(), made)
                    : new ResolvedThread(one.owners().first().threadId(), false);
            threads.put(one.person(), thread);
            one.free().forEach(address -> claims.add(new Claim(address, thread.threadId())));
        }
        make(made, claims);
        Identifier.followNumbers(connection, numbers(known), now);
        MergeListStore.note(
                connection, known.stream().flatMap(one -> pairs(one).stream()).toList(), now);
        ActivityStore.write(connection, activities(threads), now);
        tell(made);
        return bySender(threads);
    }

    /** Who owns which address, looked at once more after the owners were locked: meanwhile nobody can have moved them. */
    private List<Known> lookAndLock(List<Person> persons) throws SQLException {
        persons.forEach(this::addOwnForm);
        Set<ThreadKey> locked = new HashSet<>();
        for (int look = 0; look < MOST_LOOKS; look++) {
            List<Known> known = look(persons);
            Set<ThreadKey> missing = new HashSet<>();
            for (Known one : known) {
                if (!one.owners().isEmpty()) {
                    missing.add(new ThreadKey(
                            one.person().organizationId(), one.owners().first().threadId()));
                }
            }
            missing.removeAll(locked);
            if (missing.isEmpty()) {
                return known;
            }
            locked.addAll(ThreadStore.lockDispatch(connection, missing));
        }
        throw inTheWay();
    }

    /** The address that messages to the thread will go to is always the thread's. */
    private void addOwnForm(Person person) {
        Connector connector = connectors.get(person.channel());
        if (connector != null) {
            person.addresses()
                    .add(OwnedAddress.of(
                            person.organizationId(), person.channel(), connector.addressOf(person.identifier())));
        }
    }

    private List<Known> look(List<Person> persons) throws SQLException {
        Set<OwnedAddress> all = new HashSet<>();
        persons.forEach(person -> all.addAll(person.addresses()));
        Map<OwnedAddress, Owner> owners = AddressStore.owners(connection, all);
        return persons.stream().map(person -> known(person, owners)).toList();
    }

    private static Known known(Person person, Map<OwnedAddress, Owner> owners) {
        TreeSet<Owner> found = new TreeSet<>();
        List<OwnedAddress> free = new ArrayList<>();
        for (OwnedAddress address : person.addresses()) {
            Owner owner = owners.get(address);
            if (owner == null || isLeft(owner, person)) {
                free.add(address);
            } else {
                found.add(owner);
            }
        }
        return new Known(person, found, free);
    }

    /** The address named somebody else until then: whoever writes from it later is another person. */
    private static boolean isLeft(Owner owner, Person person) {
        Instant formerAt = owner.formerAt();
        return formerAt != null
                && person.senders().stream().allMatch(sender -> sender.at().isAfter(formerAt));
    }

    private ResolvedThread made(Person person, List<MessageThread> made) {
        UUID id = ids.next();
        made.add(new MessageThread(
                person.organizationId(),
                id,
                person.channel(),
                person.identifier(),
                false,
                null,
                null,
                null,
                null,
                null,
                1,
                now,
                now));
        return new ResolvedThread(id, true);
    }

    /** The numbers that become known of persons who were known without. */
    private static Map<ThreadKey, String> numbers(List<Known> known) {
        Map<ThreadKey, String> numbers = new HashMap<>();
        for (Known one : known) {
            for (OwnedAddress address : one.free()) {
                if (!one.owners().isEmpty() && address.kind().equals(Address.PHONE)) {
                    numbers.put(
                            new ThreadKey(
                                    one.person().organizationId(),
                                    one.owners().first().threadId()),
                            address.value());
                }
            }
        }
        return numbers;
    }

    private void make(List<MessageThread> made, List<Claim> claims) throws SQLException {
        if (AddressStore.claim(connection, claims) < claims.size()
                || ThreadStore.insert(connection, made) < made.size()) {
            throw inTheWay();
        }
    }

    private static List<MergeListStore.Pair> pairs(Known known) {
        return known.owners().stream()
                .skip(1)
                .map(other -> new MergeListStore.Pair(
                        known.person().organizationId(), known.owners().first().threadId(), other.threadId()))
                .toList();
    }

    private List<Activity> activities(Map<Person, ResolvedThread> threads) {
        List<Activity> activities = new ArrayList<>();
        threads.forEach((person, thread) -> {
            Duration window = ThreadIdentity.window(connectors, person.channel());
            for (InboundSender sender : person.senders()) {
                @Nullable Instant until = window == null ? null : sender.at().plus(window);
                ThreadKey key = new ThreadKey(sender.organizationId(), thread.threadId());
                activities.add(new Activity(key, sender.accountId(), sender.at(), until));
            }
        });
        return activities;
    }

    /** Read back, so that the event shows the window too. */
    private void tell(List<MessageThread> made) throws SQLException {
        if (!made.isEmpty()) {
            List<ThreadKey> keys = made.stream().map(MessageThread::key).toList();
            EventLog.append(
                    connection,
                    ThreadStore.read(connection, keys).stream()
                            .map(ThreadView::created)
                            .toList());
        }
    }

    private static Map<InboundSender, ResolvedThread> bySender(Map<Person, ResolvedThread> threads) {
        Map<InboundSender, ResolvedThread> bySender = new HashMap<>();
        threads.forEach((person, thread) ->
                person.senders().forEach(sender -> bySender.put(sender, Objects.requireNonNull(thread))));
        return bySender;
    }

    private static SQLException inTheWay() {
        return new SQLException("another transaction gave an address away", "40001");
    }
}
