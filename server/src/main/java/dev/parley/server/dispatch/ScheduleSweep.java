package dev.parley.server.dispatch;

import dev.parley.server.messages.DutyListener;
import dev.parley.server.platform.db.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/** Gives scheduled messages that are due their place in their threads' order, in batches. */
public final class ScheduleSweep {

    // Dispatch rows are locked first and in key order, as everywhere; a message that was cancelled or edited meanwhile
    // is
    // seen as it is then.
    private static final String RELEASE = """
            with moment as materialized (select parley_now() as now),
            due as materialized (
                select organization_id, id, thread_id from messages
                where phase = 'scheduled' and scheduled_at <= (select now from moment)
                order by scheduled_at limit 500
            ),
            locked as materialized (
                select d.organization_id, d.thread_id, d.last_seq, d.done_seq from thread_dispatch d
                where (d.organization_id, d.thread_id) in (select organization_id, thread_id from due)
                order by d.organization_id, d.thread_id for no key update skip locked
            ),
            ready as materialized (
                select m.organization_id, m.id, m.thread_id, m.account_id, m.lane, m.scheduled_at from messages m
                where (m.organization_id, m.id) in (select organization_id, id from due)
                  and (m.organization_id, m.thread_id) in (select organization_id, thread_id from locked)
                  and m.phase = 'scheduled' and m.deleted_at is null
                order by m.organization_id, m.id for no key update
            ),
            placed as materialized (
                select r.*, l.last_seq + row_number() over (partition by r.organization_id, r.thread_id order by r.scheduled_at, r.id) as seq
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
            """;

    private record Woken(UUID organization, UUID account) {}

    private final Database database;
    private final DutyListener listener;

    public ScheduleSweep(Database database, DutyListener listener) {
        this.database = database;
        this.listener = listener;
    }

    /** Releases one batch; how many messages. */
    public int runOneCycle() {
        Set<Woken> woken = new HashSet<>();
        int released = database.transact(connection -> release(connection, woken));
        woken.forEach(account -> listener.hasWork(account.organization(), account.account()));
        return released;
    }

    private static int release(Connection connection, Set<Woken> woken) throws SQLException {
        woken.clear();
        int released = 0;
        try (PreparedStatement statement = connection.prepareStatement(RELEASE);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                released++;
                woken.add(new Woken(row.getObject(1, UUID.class), row.getObject(2, UUID.class)));
            }
        }
        return released;
    }
}
