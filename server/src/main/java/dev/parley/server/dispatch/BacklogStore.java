package dev.parley.server.dispatch;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** How much waits, for whoever watches the server. Every number is bounded by the rows that are looked at. */
public final class BacklogStore {

    private static final int MOST_THREADS = 100_000;
    private static final int MOST_DOUBTS = 10_000;

    private static final String WAITING = """
            with moment as materialized (select parley_now() as now),
            busy as materialized (
                select a.organization_id, a.id from channel_accounts a
                where exists (select from thread_dispatch d where d.organization_id = a.organization_id and d.account_id = a.id
                                and d.lane = 0 and d.has_work)
                   or exists (select from thread_dispatch d where d.organization_id = a.organization_id and d.account_id = a.id
                                and d.lane = 1 and d.has_work)
                order by a.created_at desc, a.id desc limit ?
            )
            select b.organization_id, b.id, coalesce(waiting.messages, 0),
                   coalesce(greatest(0, extract(epoch from (select now from moment) - least(interactive.due_at, bulk.due_at))), 0)
            from busy b
            left join lateral (
                select sum(t.last_seq - t.done_seq) as messages from (
                    select d.last_seq, d.done_seq from thread_dispatch d
                    where d.organization_id = b.organization_id and d.account_id = b.id and d.has_work
                    limit (select ? / greatest(count(*), 1) from busy)) t) waiting on true
            left join lateral (
                select d.due_at from thread_dispatch d
                where d.organization_id = b.organization_id and d.account_id = b.id and d.lane = 0
                  and d.has_work and d.due_at > '-infinity'
                order by d.due_at limit 1) interactive on true
            left join lateral (
                select d.due_at from thread_dispatch d
                where d.organization_id = b.organization_id and d.account_id = b.id and d.lane = 1
                  and d.has_work and d.due_at > '-infinity'
                order by d.due_at limit 1) bulk on true
            """;
    private static final String DOUBTED = """
            select organization_id, account_id, count(*) from (
                select m.organization_id, m.account_id from messages m
                where m.phase = 'doubt' and m.doubt_until is not null and m.account_id is not null limit ?) doubted
            group by organization_id, account_id order by count(*) desc limit ?
            """;

    private BacklogStore() {}

    /** Bounds each further statement of the transaction: what is read is worth no more than that. */
    public static void limit(Connection connection, int milliseconds) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("set local statement_timeout = " + milliseconds);
        }
    }

    /**
     * The accounts that have work, the newest {@code mostAccounts} of them. At most 100,000 threads are looked at in all,
     * shared evenly: beyond that an account has more messages than is said.
     */
    public static List<Backlog> waiting(Connection connection, int mostAccounts) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(WAITING)) {
            statement.setInt(1, mostAccounts);
            statement.setInt(2, MOST_THREADS);
            List<Backlog> found = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    found.add(new Backlog(
                            row.getObject(1, UUID.class),
                            row.getObject(2, UUID.class),
                            row.getLong(3),
                            row.getDouble(4)));
                }
            }
            return found;
        }
    }

    /** The accounts that have messages in doubt, those with the most first; at most 10,000 messages are counted in all. */
    public static List<Doubts> doubted(Connection connection, int mostAccounts) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(DOUBTED)) {
            statement.setInt(1, MOST_DOUBTS);
            statement.setInt(2, mostAccounts);
            List<Doubts> found = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    found.add(new Doubts(row.getObject(1, UUID.class), row.getObject(2, UUID.class), row.getLong(3)));
                }
            }
            return found;
        }
    }
}
