package dev.parley.server.dispatch;

import dev.parley.connector.Address;
import java.util.List;
import java.util.UUID;

/** Is told by which other addresses a provider names the person that a thread's message went to. */
@FunctionalInterface
public interface AddressListener {
    void learned(UUID organization, UUID thread, List<Address> addresses);
}
