package dev.parley.server.conversations;

import dev.parley.server.events.EventLog;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Gathers the messages of candidates that a transaction stores, and counts them: each opens the conversation of its thread, or
 * makes it. For one transaction, of one thread.
 */
public final class Arrivals {

    /**
     * So many messages of a thread.
     *
     * @param newId of the conversation, should it be the thread's first
     */
    record Arrived(UUID organizationId, UUID threadId, UUID newId, long messages, Instant at) {

        Arrived plus(Arrived other) {
            return new Arrived(organizationId, threadId, newId, messages + other.messages, at);
        }
    }

    private record Key(UUID organizationId, UUID threadId) {}

    private final Map<Key, Arrived> arrived = new HashMap<>();

    /**
     * One message was stored, and was not there before.
     *
     * @param newId of the conversation, should it be the thread's first
     */
    public void add(UUID organization, UUID thread, UUID newId, Instant at) {
        arrived.merge(new Key(organization, thread), new Arrived(organization, thread, newId, 1, at), Arrived::plus);
    }

    /**
     * Counts what was gathered and tells of it. Locks rows of conversations: whatever messages the transaction locks, it must have
     * locked before.
     */
    public void write(Connection connection) throws SQLException {
        if (!arrived.isEmpty()) {
            EventLog.append(connection, ArrivalStore.write(connection, List.copyOf(arrived.values())));
        }
    }
}
