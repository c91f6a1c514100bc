package dev.parley.server.threads;

import dev.parley.connector.Address;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Senders of one group that share an address, directly or through each other: one person on one channel. Of one thread. */
final class Person {

    private final Set<OwnedAddress> addresses = new LinkedHashSet<>();
    private final List<InboundSender> senders = new ArrayList<>();

    /** The persons behind some senders, in the order in which they first appear. */
    static List<Person> of(List<InboundSender> senders) {
        Set<Person> persons = new LinkedHashSet<>();
        Map<OwnedAddress, Person> known = new HashMap<>();
        for (InboundSender sender : senders) {
            Person person = new Person();
            person.senders.add(sender);
            for (Address address : sender.addresses()) {
                OwnedAddress owned = OwnedAddress.of(sender.organizationId(), sender.channel(), address);
                person.addresses.add(owned);
                person = joined(persons, known, known.get(owned), person);
            }
            persons.add(person);
            for (OwnedAddress address : person.addresses) {
                known.put(address, person);
            }
        }
        return List.copyOf(persons);
    }

    /** The earlier of two persons with everything of the later one, which is no more. */
    private static Person joined(
            Set<Person> persons, Map<OwnedAddress, Person> known, @Nullable Person earlier, Person later) {
        if (earlier == null || earlier == later) {
            return later;
        }
        earlier.addresses.addAll(later.addresses);
        earlier.senders.addAll(later.senders);
        later.addresses.forEach(address -> known.put(address, earlier));
        persons.remove(later);
        return earlier;
    }

    UUID organizationId() {
        return senders.getFirst().organizationId();
    }

    String channel() {
        return senders.getFirst().channel();
    }

    Set<OwnedAddress> addresses() {
        return addresses;
    }

    List<InboundSender> senders() {
        return senders;
    }

    /** What a new thread is called by: the phone number where one is known. */
    String identifier() {
        OwnedAddress first = addresses.iterator().next();
        return addresses.stream()
                .filter(address -> address.kind().equals(Address.PHONE))
                .findFirst()
                .orElse(first)
                .value();
    }
}
