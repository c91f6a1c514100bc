package dev.parley.server.dispatch;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;

/** Shortens what waits for a time that was given before the database's clock went back, of whatever organization. */
final class RecallStore {

    // A message of a thread that is not leased may have waited for nothing but its turn.
    private static final String THREADS = """
            with moment as materialized (
                select parley_now() as now, parley_now() + ? * interval '1 millisecond' as lease_end
            ), waiting as materialized (
                select organization_id, thread_id from thread_dispatch
                where has_work and due_at > (select now from moment)
                order by organization_id, thread_id for no key update
            )
            update thread_dispatch d
            set due_at = case when d.lease_until is null then m.now else least(d.due_at, m.lease_end) end,
                lease_until = least(d.lease_until, m.lease_end)
            from waiting w cross join moment m
            where d.organization_id = w.organization_id and d.thread_id = w.thread_id
            """;

    private static final String DOUBTS = """
            with latest as materialized (select parley_now() + ? * interval '1 millisecond' as time),
            waiting as materialized (
                select organization_id, id from messages
                where phase in ('doubt', 'hold') and doubt_until > (select time from latest)
                order by organization_id, id for no key update
            )
            update messages m set doubt_until = l.time from waiting w cross join latest l
            where m.organization_id = w.organization_id and m.id = w.id
            """;

    private static final String RECEIPTS = "update read_receipts set due_at = parley_now() where due_at > parley_now()";

    private RecallStore() {}

    /** Threads that wait are due now; those that are leased, when a lease that begins now ends. */
    static void threads(Connection connection, Duration lease) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(THREADS)) {
            statement.setLong(1, lease.toMillis());
            statement.executeUpdate();
        }
    }

    /** No doubt lasts longer than one that begins now. */
    static void doubts(Connection connection, Duration doubtWait) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(DOUBTS)) {
            statement.setLong(1, doubtWait.toMillis());
            statement.executeUpdate();
        }
    }

    static void receipts(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(RECEIPTS)) {
            statement.executeUpdate();
        }
    }
}
