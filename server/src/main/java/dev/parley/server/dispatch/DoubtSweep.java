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

/** Gives up messages whose outcome stayed unknown for as long as evidence is awaited. */
public final class DoubtSweep {

    private final Database database;

    public DoubtSweep(Database database) {
        this.database = database;
    }

    /** Gives up what is overdue; how many. */
    public int runOneCycle() {
        return database.transact(DoubtSweep::giveUp);
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
