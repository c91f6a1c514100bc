package dev.parley.server.messages;

/** The one statement that accepts a group of messages. */
final class SubmitSql {

    private SubmitSql() {}

    /**
     * In: arrays, one element a message, then the channels' rules, then the error of a closed window.
     *
     * <p>Order of events: what was said before (idempotency) and what it refers to is joined; the dispatch rows of the
     * threads are locked in key order, which makes the order of acceptance; messages, duty, events and keys are written.
     * A message that goes nowhere because its window is closed is stored as failed and takes no place in the order.
     *
     * <p>What was inserted is matched by id first ({@code is not distinct from} keeps the planner from merging on the
     * organization, where every row of a group meets every other).
     *
     * <p>Out: one row a message, with a verdict: {@code accepted}, {@code closed}, {@code kept}, {@code reused}, {@code
     * no_thread}, {@code no_account}, {@code too_long}, {@code id_taken}, or {@code again} when another transaction was in
     * the way and the whole group is to be rolled back and run again.
     */
    static final String TEXT = """
            with moment as materialized (select parley_now() as now),
            input as materialized (
                select * from unnest(?::uuid[], ?::uuid[], ?::uuid[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
                                     ?::bool[], ?::int8[], ?::int8[], ?::bytea[], ?::bytea[], ?::text[])
                     with ordinality as i (organization_id, id, thread_id, send_by, payload, metadata, created_at, scheduled_at,
                                           expires_at, free_text, text_length, lane, key, fingerprint, state, ord)
            ),
            rule as materialized (
                select * from unnest(?::text[], ?::bool[], ?::int8[]) as r (channel, windowed, text_limit)
            ),
            resolved as materialized (
                select i.ord, i.organization_id, i.id, t.id as thread_id, a.id as account_id, r.text_limit,
                       k.outcome as kept_outcome, k.state as kept_state, k.message_id as kept_message_id,
                       case
                           when k.key is not null and k.fingerprint = i.fingerprint then 'kept'
                           when k.key is not null then 'reused'
                           when t.id is null then 'no_thread'
                           when taken.id is not null then 'id_taken'
                           when a.id is null then 'no_account'
                           when i.text_length > r.text_limit then 'too_long'
                           when i.scheduled_at is not null then 'scheduled'
                           when i.free_text and r.windowed and coalesce(w.expires_at <= m.now, true) then 'closed'
                           else 'queued'
                       end as verdict
                from input i
                cross join moment m
                left join idempotency_keys k on k.organization_id = i.organization_id and k.key = i.key
                     and k.created_at > m.now - interval '24 hours'
                left join threads named on named.organization_id = i.organization_id and named.id = i.thread_id
                left join threads t on t.organization_id = named.organization_id
                     and t.id = coalesce(named.merged_into, named.id) and t.deleted_at is null
                left join messages taken on taken.organization_id = i.organization_id and taken.id = i.id
                left join lateral (
                    select c.id from channel_accounts c
                    where c.organization_id = t.organization_id and c.channel = t.channel and c.deleted_at is null
                      and (c.id in (t.channel_account_id, t.last_inbound_account_id) or c.is_default)
                    order by c.id is not distinct from t.channel_account_id desc,
                             c.id is not distinct from t.last_inbound_account_id desc
                    limit 1
                ) a on true
                left join thread_windows w on w.organization_id = t.organization_id and w.thread_id = t.id and w.account_id = a.id
                left join rule r on r.channel = t.channel
            ),
            locked as materialized (
                select d.organization_id, d.thread_id, d.last_seq
                from thread_dispatch d
                where (d.organization_id, d.thread_id) in (
                    select r.organization_id, r.thread_id from resolved r where r.verdict in ('queued', 'closed', 'scheduled'))
                order by d.organization_id, d.thread_id
                for no key update
            ),
            placed as materialized (
                select r.*, l.thread_id is null as gone,
                       case when r.verdict = 'queued' then l.last_seq + count(*) filter (where r.verdict = 'queued')
                           over (partition by r.organization_id, r.thread_id order by r.ord) end as seq
                from resolved r
                left join locked l on l.organization_id = r.organization_id and l.thread_id = r.thread_id
            ),
            inserted as (
                insert into messages (organization_id, id, thread_id, account_id, origin, send_by, payload, metadata,
                                      delivery_status, errors, phase, seq, lane, accepted_at, failed_at, scheduled_at,
                                      expires_at, version, created_at, updated_at)
                select p.organization_id, p.id, p.thread_id, p.account_id, 'outbound', i.send_by, i.payload::jsonb, i.metadata::jsonb,
                       case p.verdict when 'closed' then 'failed' else 'accepted' end,
                       case p.verdict when 'closed' then ?::jsonb end,
                       case p.verdict when 'closed' then 'done' else p.verdict end,
                       p.seq, i.lane, i.created_at::timestamptz,
                       case p.verdict when 'closed' then i.created_at::timestamptz end,
                       i.scheduled_at::timestamptz, i.expires_at::timestamptz,
                       case p.verdict when 'closed' then 2 else 1 end, i.created_at::timestamptz, i.created_at::timestamptz
                from placed p join input i on i.ord = p.ord
                where p.verdict in ('queued', 'closed', 'scheduled') and not p.gone
                order by p.ord
                on conflict (organization_id, id) do nothing
                returning organization_id, id
            ),
            stored as materialized (
                select p.ord, p.organization_id, p.id, p.thread_id, p.account_id, p.verdict, p.seq, i.lane, i.created_at,
                       case when p.thread_id = i.thread_id then i.state::jsonb
                            else jsonb_set(i.state::jsonb, '{attributes,messageThreadId}', to_jsonb(p.thread_id)) end as state, i.key, i.fingerprint
                from inserted n
                join placed p on p.id = n.id and p.organization_id is not distinct from n.organization_id
                join input i on i.ord = p.ord
            ),
            duty as (
                update thread_dispatch d
                set last_seq = greatest(d.last_seq, n.last_seq),
                    last_message_at = greatest(d.last_message_at, n.created_at),
                    account_id = case when d.last_seq = d.done_seq and n.last_seq > 0 then n.account_id else d.account_id end,
                    lane = case when d.last_seq = d.done_seq and n.last_seq > 0 then n.lane else d.lane end,
                    due_at = case when d.last_seq = d.done_seq and n.last_seq > 0 then m.now else d.due_at end
                from (
                    select s.organization_id, s.thread_id, coalesce(max(s.seq), 0) as last_seq, max(s.created_at::timestamptz) as created_at,
                           (array_agg(s.account_id order by s.seq))[1] as account_id, (array_agg(s.lane order by s.seq))[1] as lane
                    from stored s where s.verdict <> 'scheduled' group by s.organization_id, s.thread_id
                ) n cross join moment m
                where d.organization_id = n.organization_id and d.thread_id = n.thread_id
            ),
            failed as materialized (
                select s.*, jsonb_build_object(
                           'attributes', (s.state->'attributes') || jsonb_build_object(
                               'deliveryStatus', 'failed', 'errorMessages', ?::jsonb,
                               'statusTimes', (s.state->'attributes'->'statusTimes')
                                   || jsonb_build_object('failedAt', s.state->'attributes'->'createdAt')),
                           'meta', (s.state->'meta') || '{"version":2}') as failed_state
                from stored s where s.verdict = 'closed'
            ),
            told as (
                insert into events (organization_id, position, event, resource_type, resource_id, thread_id, fields, state, created_at)
                select e.organization_id, nextval('event_positions'), e.event, 'messages', e.id, e.thread_id, e.fields, e.state,
                       e.created_at::timestamptz
                from (
                    select ord, 1 as step, organization_id, id, thread_id, 'create' as event, null::text[] as fields, state, created_at from stored
                    union all
                    select ord, 2, organization_id, id, thread_id, 'update', array['deliveryStatus', 'errorMessages'], failed_state, created_at from failed
                ) e
                order by e.ord, e.step
            ),
            remembered as (
                insert into idempotency_keys (organization_id, key, fingerprint, outcome, message_id, state, created_at)
                select i.organization_id, i.key, i.fingerprint,
                       case when s.ord is not null then p.verdict when p.verdict in ('queued', 'closed', 'scheduled') then 'id_taken'
                            else p.verdict end,
                       s.id, coalesce(f.failed_state, s.state), m.now
                from input i
                cross join moment m
                join placed p on p.ord = i.ord
                left join stored s on s.ord = i.ord
                left join failed f on f.ord = i.ord
                where i.key is not null and p.verdict in ('queued', 'closed', 'scheduled', 'id_taken', 'no_account', 'too_long')
                on conflict (organization_id, key) do update
                    set fingerprint = excluded.fingerprint, outcome = excluded.outcome, message_id = excluded.message_id,
                        state = excluded.state, created_at = excluded.created_at
                    where idempotency_keys.created_at <= excluded.created_at - interval '24 hours'
                returning organization_id, key
            )
            select pg_current_xact_id()::text as xid,
                   case
                       when p.verdict in ('kept', 'reused', 'no_thread') then p.verdict
                       when i.key is not null and k.key is null then 'again'
                       when p.verdict in ('queued', 'closed', 'scheduled') and p.gone then 'again'
                       when p.verdict in ('queued', 'closed', 'scheduled') and s.ord is null then 'id_taken'
                       else p.verdict
                   end as verdict,
                   p.thread_id, p.account_id, p.text_limit, p.kept_outcome, p.kept_state, p.kept_message_id
            from placed p
            join input i on i.ord = p.ord
            left join stored s on s.ord = p.ord
            left join remembered k on k.organization_id = i.organization_id and k.key = i.key
            order by p.ord
            """;
}
