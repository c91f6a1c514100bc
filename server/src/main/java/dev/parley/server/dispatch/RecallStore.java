package dev.parley.server.dispatch;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** Shortens what waits for a time that was given before the database's clock went back, of whatever organization. */
final class RecallStore {

    // A message of a thread that is not leased may have waited for nothing but its turn. By key, so that what is put
    // off
    // again meanwhile is not met twice.
    private static final String THREADS = """
            with moment as materialized (
                select parley_now() as now, parley_now() + ? * interval '1 millisecond' as lease_end
            ), waiting as materialized (
                select organization_id, thread_id from thread_dispatch
                where has_work and due_at > (select now from moment) and (organization_id, thread_id) > (?, ?)
                order by organization_id, thread_id limit ? for no key update
            ), recalled as (
                update thread_dispatch d
                set due_at = case when d.lease_until is null then m.now else least(d.due_at, m.lease_end) end,
                    lease_until = least(d.lease_until, m.lease_end)
                from waiting w cross join moment m
                where d.organization_id = w.organization_id and d.thread_id = w.thread_id
            )
            select organization_id, thread_id from waiting order by organization_id desc, thread_id desc limit 1
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

    /**
     * A chunk of the threads that wait is due now; of those that are leased, when a lease that begins now ends.
     *
     * @param after those behind it
     * @param most how many at once
     * @return the last one, if there was any
     */
    static Optional<ThreadKey> threads(Connection connection, ThreadKey after, int most, Duration lease)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(THREADS)) {
            statement.setLong(1, lease.toMillis());
            statement.setObject(2, after.organizationId());
            statement.setObject(3, after.threadId());
            statement.setInt(4, most);
            try (ResultSet row = statement.executeQuery()) {
                return row.next()
                        ? Optional.of(new ThreadKey(row.getObject(1, UUID.class), row.getObject(2, UUID.class)))
                        : Optional.empty();
            }
        }
    }

    /** No doubt lasts longer than one that begins now; how many would have. */
    static int doubts(Connection connection, Duration doubtWait) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(DOUBTS)) {
            statement.setLong(1, doubtWait.toMillis());
            return statement.executeUpdate();
        }
    }

    /** Read receipts that wait are due; how many. */
    static int receipts(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(RECEIPTS)) {
            return statement.executeUpdate();
        }
    }
}
