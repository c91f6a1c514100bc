package dev.parley.server.dispatch;

import dev.parley.server.messages.Message;
import dev.parley.server.messages.MessageRows;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/** Messages whose evidence was awaited for long enough, of whatever organization. */
final class DoubtStore {

    /** A message under its lock, and the database's time. */
    record Overdue(Message message, Instant now) {}

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

    private DoubtStore() {}

    /** One batch, locked until the transaction ends. */
    static List<Overdue> lockOverdue(Connection connection) throws SQLException {
        List<Overdue> overdue = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(OVERDUE);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                Instant now = row.getObject("now", OffsetDateTime.class).toInstant();
                overdue.add(new Overdue(MessageRows.read(row), now));
            }
        }
        return overdue;
    }
}
