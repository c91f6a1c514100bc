package dev.parley.server.dispatch;

import dev.parley.server.messages.MessageRows;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Scheduled messages that are due, of whatever organization. */
final class ScheduleStore {

    // Organizations take turns, so that one's million lets another's message pass. Those that have waited longest come
    // first.
    // Dispatch rows are locked first and in key order, as everywhere; a message that was cancelled or edited meanwhile
    // is
    // seen as it is then.
    private static final String RELEASE = """
            with recursive moment as materialized (select parley_now() as now),
            owners as (
                (select m.organization_id from messages m where WAITS order by m.organization_id limit 1)
                union all
                select (select m.organization_id from messages m where WAITS and m.organization_id > o.organization_id
                        order by m.organization_id limit 1)
                from owners o where o.organization_id is not null
            ),
            waiting as materialized (
                select o.organization_id from owners o cross join lateral (
                    select m.scheduled_at from messages m where WAITS and m.organization_id = o.organization_id
                    order by m.scheduled_at limit 1) first
                where first.scheduled_at <= (select now from moment)
                order by first.scheduled_at limit 25
            ),
            due as materialized (
                select w.organization_id, m.id, m.thread_id from waiting w cross join lateral (
                    select m.id, m.thread_id, row_number() over (order by m.scheduled_at) as turn from messages m
                    where WAITS and m.organization_id = w.organization_id
                      and m.scheduled_at <= (select now from moment)
                    order by m.scheduled_at limit 500) m
                order by m.turn limit 500
            ),
            locked as materialized (
                select d.organization_id, d.thread_id, d.last_seq, d.done_seq from thread_dispatch d
                where (d.organization_id, d.thread_id) in (select organization_id, thread_id from due)
                order by d.organization_id, d.thread_id for no key update skip locked
            ),
            ready as materialized (
                select m.organization_id, m.id, m.thread_id, m.account_id, m.lane, m.scheduled_at, m.created_at from messages m
                where (m.organization_id, m.id) in (select organization_id, id from due)
                  and (m.organization_id, m.thread_id) in (select organization_id, thread_id from locked)
                  and m.phase = 'scheduled' and m.deleted_at is null and m.scheduled_at <= (select now from moment)
                order by m.organization_id, m.id for no key update
            ),
            placed as materialized (
                select r.*, l.last_seq + row_number() over (partition by r.organization_id, r.thread_id order by r.scheduled_at, r.created_at, r.id) as seq
                from ready r join locked l on l.organization_id = r.organization_id and l.thread_id = r.thread_id
            ),
            queued as (
                update messages m set phase = 'queued', seq = p.seq
                from placed p where m.organization_id = p.organization_id and m.id = p.id
            ),
            head as (
                select distinct on (organization_id, thread_id) organization_id, thread_id, account_id, lane,
                       max(seq) over (partition by organization_id, thread_id) as last_seq
                from placed order by organization_id, thread_id, seq
            ),
            duty as (
                update thread_dispatch d
                set last_seq = h.last_seq,
                    account_id = case when d.last_seq = d.done_seq then h.account_id else d.account_id end,
                    lane = case when d.last_seq = d.done_seq then h.lane else d.lane end,
                    due_at = case when d.last_seq = d.done_seq then m.now else d.due_at end
                from head h cross join moment m
                where d.organization_id = h.organization_id and d.thread_id = h.thread_id
            )
            select organization_id, account_id from placed
            """.replace("WAITS", MessageRows.SCHEDULED);

    private ScheduleStore() {}

    /** Releases one batch; the account of each message. */
    static List<AccountKey> release(Connection connection) throws SQLException {
        List<AccountKey> woken = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(RELEASE);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                woken.add(new AccountKey(row.getObject(1, UUID.class), row.getObject(2, UUID.class)));
            }
        }
        return woken;
    }
}
