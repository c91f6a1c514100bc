package dev.parley.server.messages;

import dev.parley.server.events.Event;
import dev.parley.server.events.EventLog;
import dev.parley.server.platform.json.Json;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/** Changes what a message's payload tells of itself, in a transaction of the caller's. */
public final class PayloadChange {

    private PayloadChange() {}

    /**
     * Changes it and tells of it.
     *
     * @param change works on the stored form
     * @return false when the message is gone
     */
    public static boolean apply(
            Connection connection, UUID organization, UUID id, Consumer<ObjectNode> change, Instant at)
            throws SQLException {
        MessageStore.Locked locked = MessageStore.lock(connection, organization, id);
        String stored = locked == null ? null : locked.message().payload();
        if (locked == null || stored == null || !(Json.MAPPER.readTree(stored) instanceof ObjectNode payload)) {
            return false;
        }
        change.accept(payload);
        Message before = locked.message();
        Message after = before.edited(
                before.sendBy(), Json.text(payload), before.metadata(), before.scheduledAt(), before.expiresAt(), at);
        MessageStore.save(connection, after);
        EventLog.append(
                connection,
                MessageView.event(after, Event.Kind.UPDATE, List.of(MessageType.PAYLOAD), MessageView.state(after)));
        return true;
    }
}
