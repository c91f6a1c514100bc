-- A thread as people work on it: open or closed, and how much of what the candidate wrote is unread.
create table conversations (
    organization_id uuid not null,
    id uuid not null,
    thread_id uuid not null,
    candidate_id uuid,
    status text not null,
    unread integer not null,
    has_unread boolean not null generated always as (unread > 0) stored,
    version integer not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    constraint conversations_pk primary key (organization_id, id),
    constraint conversations_thread unique (organization_id, thread_id),
    constraint conversations_status check (status in ('open', 'closed')),
    constraint conversations_unread check (unread >= 0)
) with (fillfactor = 80);
comment on table conversations is 'One for each thread that has a candidate or a message of one; whoever makes a message of the thread unread, or takes away one that is, changes this row in the same transaction, as the last that it locks';
comment on column conversations.candidate_id is 'the thread''s, written with it';
comment on column conversations.unread is 'messages of the candidate that are there and not read, those of threads that were merged into this one included';
comment on column conversations.has_unread is 'what the index looks at: one more unread message leaves the index alone, so the row is updated in place';

-- The threads that are there. One pass over the messages of candidates, which may take longer than a request's statements may.
set local statement_timeout = 0;
set local transaction_timeout = 0;
insert into conversations (organization_id, id, thread_id, candidate_id, status, unread, created_at, updated_at)
select t.organization_id, uuidv7(t.created_at - clock_timestamp()), t.id, t.candidate_id, 'open', coalesce(m.unread, 0),
       t.created_at, greatest(t.created_at, m.latest)
from threads t
left join (
    select w.organization_id, coalesce(o.merged_into, o.id) as thread_id, max(w.created_at) as latest,
           count(*) filter (where w.delivery_status = 'delivered' and w.deleted_at is null) as unread
    from messages w join threads o on o.organization_id = w.organization_id and o.id = w.thread_id
    where w.origin = 'inbound'
    group by 1, 2
) m on m.organization_id = t.organization_id and m.thread_id = t.id
where t.deleted_at is null and t.merged_into is null and (t.candidate_id is not null or m.thread_id is not null);

create index conversations_newest on conversations (organization_id, created_at desc, id desc);
create index conversations_by_status on conversations (organization_id, status, created_at desc, id desc);
create index conversations_by_unread on conversations (organization_id, has_unread, created_at desc, id desc);
create index conversations_by_candidate on conversations (organization_id, candidate_id, created_at desc, id desc)
    where candidate_id is not null;
