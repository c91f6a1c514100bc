package dev.parley.server.dispatch;

import dev.parley.server.platform.db.Together;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes the dispatch rows of threads that are locked by the same transaction. */
final class SettlementStore {

    // The next head is looked up in this statement's snapshot, which is newer than the lock on the row: no
    // acceptance can be missed. Only when there is none is the thread done up to last_seq. Where the lock has shown
    // that the head stays, or that nothing is behind it, there is nothing to look up. A message that somebody waits for
    // takes those before it in its thread along into its lane.
    private static final String SETTLE = """
            with moment as materialized (select parley_now() as now)
            update thread_dispatch d
            set done_seq = case when i.look and n.seq is null then d.last_seq else greatest(d.done_seq, i.done_seq) end,
                account_id = coalesce(n.account_id, d.account_id),
                lane = coalesce(n.lane, d.lane),
                due_at = m.now + i.wait * interval '1 microsecond',
                lease_until = case when i.leased then m.now + i.wait * interval '1 microsecond' end,
                fence = i.next_fence,
                strikes = i.strikes,
                pair_tokens = coalesce(i.pair_tokens::double precision, d.pair_tokens),
                pair_refilled_at = coalesce(i.pair_refilled_at::timestamptz, d.pair_refilled_at)
            from moment m
            cross join (
                select unnest(?::uuid[]) as organization_id, unnest(?::uuid[]) as thread_id,
                       unnest(?::int8[]) as fence, unnest(?::int8[]) as next_fence, unnest(?::int8[]) as done_seq,
                       unnest(?::int8[]) as wait, unnest(?::bool[]) as look, unnest(?::bool[]) as leased, unnest(?::int8[]) as strikes,
                       unnest(?::text[]) as pair_tokens, unnest(?::text[]) as pair_refilled_at
            ) i
            left join lateral (
                select x.seq, x.account_id,
                       case when x.lane > 0 and exists (
                           select from messages y where y.organization_id = x.organization_id and y.thread_id = x.thread_id
                             and y.seq > x.seq and y.phase <> 'done' and y.lane = 0) then 0 else x.lane end as lane
                from messages x
                where i.look and x.organization_id = i.organization_id and x.thread_id = i.thread_id and x.seq > i.done_seq and x.phase <> 'done'
                order by x.seq limit 1
            ) n on true
            where d.organization_id = i.organization_id and d.thread_id = i.thread_id and d.fence = i.fence
            """;

    private SettlementStore() {}

    static void write(Together writes, List<Settlement> settlements) {
        if (settlements.isEmpty()) {
            return;
        }
        writes.add(
                SETTLE,
                parameters -> parameters
                        .uuids(settlements, Settlement::organizationId)
                        .uuids(settlements, Settlement::threadId)
                        .longs(settlements, Settlement::fence)
                        .longs(settlements, Settlement::nextFence)
                        .longs(settlements, Settlement::doneSeq)
                        .longs(settlements, settlement -> settlement.pause().toNanos() / 1000)
                        .booleans(settlements, Settlement::look)
                        .booleans(settlements, Settlement::leased)
                        .longs(settlements, Settlement::strikes)
                        .texts(settlements, SettlementStore::tokens)
                        .times(
                                settlements,
                                row -> row.bucket() == null
                                        ? null
                                        : row.bucket().refilledAt()));
    }

    private static @Nullable String tokens(Settlement settlement) {
        PairBucket bucket = settlement.bucket();
        return bucket == null || bucket.tokens() == null
                ? null
                : bucket.tokens().toString();
    }
}
