package dev.parley.server.dispatch;

import dev.parley.server.messages.Delivery;
import dev.parley.server.messages.Message;
import dev.parley.server.messages.MessageChange;
import dev.parley.server.messages.MessageChanges;
import dev.parley.server.messages.MessageError;
import dev.parley.server.messages.MessageRows;
import dev.parley.server.messages.Phase;
import dev.parley.server.messages.StatusRules;
import dev.parley.server.platform.db.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/** Gives up messages whose outcome stayed unknown for as long as evidence is awaited. */
public final class DoubtSweep {

    private static final int MOST = 500;
    private static final String OVERDUE = """
            with overdue as materialized (
                select organization_id, id from messages where phase = 'doubt' and doubt_until <= (select parley_now())
                order by doubt_until limit %d
            )
            select %s, parley_now() as now from messages m
            where (m.organization_id, m.id) in (select * from overdue) and m.phase = 'doubt'
            order by m.organization_id, m.id for no key update skip locked
            """.formatted(MOST, MessageRows.COLUMNS);

    private final Database database;

    public DoubtSweep(Database database) {
        this.database = database;
    }

    /** Gives up what is overdue; how many. */
    public int runOneCycle() {
        return database.transact(DoubtSweep::giveUp);
    }

    private static int giveUp(Connection connection) throws SQLException {
        List<MessageChange> changes = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(OVERDUE);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                Instant now = row.getObject("now", OffsetDateTime.class).toInstant();
                changes.add(change(MessageRows.read(row), now));
            }
        }
        MessageChanges.write(connection, changes);
        return changes.size();
    }

    private static MessageChange change(Message message, Instant now) {
        Delivery failed = StatusRules.failed(message.delivery(), now, MessageError.OUTCOME_UNKNOWN);
        return failed == null
                ? MessageChange.phase(message, Phase.DONE)
                : MessageChange.delivery(message, failed, Phase.DONE, now);
    }
}
