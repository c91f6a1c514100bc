package dev.parley.server.dispatch;

import dev.parley.server.messages.Delivery;
import dev.parley.server.messages.Message;
import dev.parley.server.messages.MessageChange;
import dev.parley.server.messages.MessageChangeStore;
import dev.parley.server.messages.MessageError;
import dev.parley.server.messages.Phase;
import dev.parley.server.messages.StatusRules;
import dev.parley.server.platform.db.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Gives up messages whose outcome stayed unknown for as long as evidence is awaited. */
public final class DoubtSweep {

    private final Database database;
    private final UUID node;

    public DoubtSweep(Database database, UUID node) {
        this.database = database;
        this.node = node;
    }

    /**
     * Gives up what is overdue; how many. Nothing while this node has not reached the database lately: then {@link
     * NodeHeartbeat} has to say first whether anybody could hear evidence meanwhile.
     */
    public int runOneCycle() {
        return database.transact(connection -> NodeStore.hears(connection, node) ? giveUp(connection) : 0);
    }

    private static int giveUp(Connection connection) throws SQLException {
        List<MessageChange> changes = DoubtStore.lockOverdue(connection).stream()
                .map(overdue -> change(overdue.message(), overdue.now()))
                .toList();
        MessageChangeStore.write(connection, changes);
        return changes.size();
    }

    private static MessageChange change(Message message, Instant now) {
        Delivery failed = StatusRules.failed(message.delivery(), now, MessageError.OUTCOME_UNKNOWN);
        return failed == null
                ? MessageChange.phase(message, Phase.DONE)
                : MessageChange.delivery(message, failed, Phase.DONE, now);
    }
}
