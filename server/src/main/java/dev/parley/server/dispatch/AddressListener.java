package dev.parley.server.dispatch;

import dev.parley.connector.Address;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Is told by which other addresses a provider names the person that a thread's message went to. */
@FunctionalInterface
public interface AddressListener {

    /** @param sentTo where the message went: nothing is learned of a thread that it does not name any more; null where that is not known */
    void learned(UUID organization, UUID thread, @Nullable Address sentTo, List<Address> addresses);
}
