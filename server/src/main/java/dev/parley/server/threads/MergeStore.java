package dev.parley.server.threads;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The statements of a merge. Both threads' dispatch rows and rows are locked. */
final class MergeStore {

    private static final String OPEN = """
            select exists (select from messages where organization_id = ? and thread_id = ? and phase = 'open' and seq is not null)
            """;

    // What is still to be sent goes behind what the kept thread has, in its own order. A kept thread with work of its
    // own
    // is
    // looked at when it would have been anyway; an idle one takes over whose turn it was in the other.
    private static final String MOVE_WORK = """
            with kept as (select * from thread_dispatch where organization_id = ? and thread_id = ?),
            gone as (select * from thread_dispatch where organization_id = ? and thread_id = ?),
            waiting as materialized (
                select m.organization_id, m.id,
                       case when m.seq is not null and m.phase in ('queued', 'hold') then kept.last_seq
                           + count(*) filter (where m.seq is not null and m.phase in ('queued', 'hold')) over (order by m.seq, m.id) end as seq
                from messages m join gone on m.organization_id = gone.organization_id and m.thread_id = gone.thread_id
                cross join kept
                where m.phase <> 'done'
            ),
            moved as (
                update messages m set thread_id = kept.thread_id, seq = w.seq
                from waiting w cross join kept where m.organization_id = w.organization_id and m.id = w.id
            ),
            removed as (
                delete from thread_dispatch d using gone where d.organization_id = gone.organization_id and d.thread_id = gone.thread_id
            )
            update thread_dispatch d
            set last_seq = coalesce(n.last_seq, d.last_seq),
                account_id = case when n.idle then gone.account_id else d.account_id end,
                lane = case when n.idle then gone.lane when n.last_seq is null then d.lane else least(d.lane, gone.lane) end,
                due_at = case when n.idle then greatest(gone.due_at, parley_now()) else d.due_at end,
                strikes = case when n.idle then gone.strikes else d.strikes end,
                pair_tokens = case when gone.pair_tokens < d.pair_tokens or d.pair_tokens is null then gone.pair_tokens else d.pair_tokens end,
                pair_refilled_at = case when gone.pair_tokens < d.pair_tokens or d.pair_tokens is null then gone.pair_refilled_at
                                        else d.pair_refilled_at end,
                last_message_at = greatest(d.last_message_at, gone.last_message_at)
            from gone, kept, (select max(w.seq) as last_seq, max(w.seq) is not null and (select last_seq = done_seq from kept) as idle
                              from waiting w) n
            where d.organization_id = kept.organization_id and d.thread_id = kept.thread_id
            """;

    private static final String MOVE_WINDOWS = """
            with gone as (delete from thread_windows where organization_id = ? and thread_id = ? returning *)
            insert into thread_windows (organization_id, thread_id, account_id, expires_at)
            select organization_id, ?, account_id, expires_at from gone
            order by account_id
            on conflict (organization_id, thread_id, account_id)
                do update set expires_at = greatest(thread_windows.expires_at, excluded.expires_at)
            """;

    private static final String MOVE_ADDRESSES =
            "update thread_addresses set thread_id = ? where organization_id = ? and thread_id = ?";

    private static final String MOVE_RECEIPTS = """
            with gone as (delete from read_receipts where organization_id = ? and thread_id = ? returning *)
            insert into read_receipts (organization_id, thread_id, account_id, provider_message_id, written_at, due_at)
            select organization_id, ?, account_id, provider_message_id, written_at, due_at from gone
            on conflict do nothing
            """;

    private static final String LAST_ACCOUNT = """
            update threads t set last_inbound_account_id = coalesce(
                (select w.account_id from thread_windows w where w.organization_id = t.organization_id and w.thread_id = t.id
                 order by w.expires_at desc, w.account_id limit 1),
                t.last_inbound_account_id,
                (select o.last_inbound_account_id from threads o where o.organization_id = t.organization_id and o.id = ?))
            where t.organization_id = ? and t.id = ?
            """;

    private static final String REDIRECT = """
            update threads set merged_into = ?, emptying = emptying or id = ?, updated_at = ?
            where organization_id = ? and (id = ? or merged_into = ?)
            """;

    private MergeStore() {}

    static boolean hasOpenAttempt(Connection connection, ThreadKey thread) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(OPEN)) {
            statement.setObject(1, thread.organizationId());
            statement.setObject(2, thread.threadId());
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    static void moveWork(Connection connection, MessageThread kept, MessageThread gone) throws SQLException {
        run(connection, MOVE_WORK, kept.organizationId(), kept.id(), gone.organizationId(), gone.id());
    }

    static void moveIdentity(Connection connection, MessageThread kept, MessageThread gone) throws SQLException {
        run(connection, MOVE_WINDOWS, gone.organizationId(), gone.id(), kept.id());
        run(connection, MOVE_RECEIPTS, gone.organizationId(), gone.id(), kept.id());
        run(connection, MOVE_ADDRESSES, kept.id(), gone.organizationId(), gone.id());
        run(connection, LAST_ACCOUNT, gone.id(), kept.organizationId(), kept.id());
    }

    /** Also of those that had been merged into the other before. */
    static void redirect(Connection connection, MessageThread kept, MessageThread gone, Instant now)
            throws SQLException {
        run(
                connection,
                REDIRECT,
                kept.id(),
                gone.id(),
                now.atOffset(ZoneOffset.UTC),
                gone.organizationId(),
                gone.id(),
                gone.id());
    }

    static @Nullable UUID accountWithWork(Connection connection, ThreadKey thread) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "select account_id from thread_dispatch where organization_id = ? and thread_id = ? and has_work")) {
            statement.setObject(1, thread.organizationId());
            statement.setObject(2, thread.threadId());
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? row.getObject(1, UUID.class) : null;
            }
        }
    }

    private static void run(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            int at = 1;
            for (Object value : List.of(values)) {
                statement.setObject(at++, value);
            }
            statement.executeUpdate();
        }
    }
}
