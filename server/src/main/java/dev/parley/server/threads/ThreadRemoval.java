package dev.parley.server.threads;

import dev.parley.server.conversations.Conversations;
import dev.parley.server.events.Event;
import dev.parley.server.events.EventLog;
import dev.parley.server.search.SearchEntryStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;

/** Takes a thread out of service, before its messages are removed. */
public final class ThreadRemoval {

    private ThreadRemoval() {}

    /**
     * From the commit on nothing of the thread is accepted or sent, and its addresses are nobody's. An attempt that is under
     * way ends as it does; its result finds no thread to advance.
     *
     * @return how many events were blanked; empty when it was not in service: a merged thread is not, the one that took its
     *     place is
     */
    public static OptionalInt begin(Connection connection, UUID organization, UUID thread, Instant now)
            throws SQLException {
        ThreadKey key = new ThreadKey(organization, thread);
        if (ThreadStore.lockDispatch(connection, Set.of(key)).isEmpty()) {
            return OptionalInt.empty();
        }
        ThreadStore.lock(connection, Set.of(key));
        RemovalStore.mark(connection, key, now);
        AddressStore.release(connection, key);
        RemovalStore.endDuty(connection, key);
        SearchEntryStore.forget(connection, organization, ThreadView.TYPE, List.of(thread));
        List<Event> events = new ArrayList<>(List.of(ThreadView.deleted(key, now)));
        Event ofConversation = Conversations.removed(connection, organization, thread, now);
        if (ofConversation != null) {
            events.add(ofConversation);
        }
        int blanked = BlankEventStore.blank(
                connection, organization, events.stream().map(Event::resourceId).toList());
        EventLog.append(connection, events);
        return OptionalInt.of(blanked);
    }
}
