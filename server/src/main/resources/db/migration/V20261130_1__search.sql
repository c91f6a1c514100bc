-- filter[search] (docs/adr/0022): words of messages, threads and candidates, written behind the event log. Nothing of it is touched
-- when a message is accepted.
create table search_segments (
    organization_id uuid not null,
    id bigint generated always as identity,
    resource_type text not null,
    number integer not null,
    entries integer not null default 0,
    constraint search_segments_pk primary key (organization_id, id),
    constraint search_segments_type check (resource_type in ('messages', 'messageThreads', 'candidates'))
);
comment on table search_segments is 'Some thousand entries that were made one after the other; a search reads segments from the newest on, until it has enough';
comment on column search_segments.number is 'the order within organization and type: from 1 upwards as resources are made, from 0 downwards for those that were there before, the newest first';
comment on column search_segments.entries is 'how many were put in; those that were removed are not taken off';
create unique index search_segments_order on search_segments (organization_id, resource_type, number);

create table search_entries (
    organization_id uuid not null,
    resource_type text not null,
    resource_id uuid not null,
    segment_id bigint not null,
    created_at timestamptz not null,
    words tsvector not null,
    constraint search_entries_pk primary key (organization_id, resource_type, resource_id)
);
comment on table search_entries is 'The words by which one resource is found. Written by one reader of the event log alone; removed with what they are of';
comment on column search_entries.words is 'each behind the id of its segment (in hexadecimal) and a colon: so the index holds the words of each segment side by side, and of no other organization among them';
comment on column search_entries.created_at is 'of the resource';
-- Without a list of what is still to be sorted in, which every look into the index would have to read through.
create index search_entries_words on search_entries using gin (words) with (fastupdate = off);

create table search_backfills (
    organization_id uuid not null,
    resource_type text not null,
    before_at timestamptz not null default 'infinity',
    before_id uuid not null default 'ffffffff-ffff-ffff-ffff-ffffffffffff',
    constraint search_backfills_pk primary key (organization_id, resource_type)
);
comment on table search_backfills is 'Resources of these types that are older than this still have no entry; the row goes when all have one';
insert into search_backfills (organization_id, resource_type)
select o.id, t.name from organizations o cross join (values ('messages'), ('messageThreads'), ('candidates')) as t (name)
where o.deleted_at is null;
-- What was appended by transactions that are under way is read, too: entries are made of what is there, so reading an event twice
-- does no harm.
insert into event_readers select 'search', greatest(0, case when is_called then last_value else 0 end - 10000) from event_positions;
