-- Each entry of a message's metadata as a row of its own, in the order of lists: a page and a count read no further than they have to,
-- however many messages share the entry (docs/adr/0023). An index of jsonb gathers all of them first.
create table message_metadata (
    organization_id uuid not null,
    entry uuid not null,
    created_at timestamptz not null,
    message_id uuid not null,
    constraint message_metadata_pk primary key (organization_id, entry, created_at, message_id)
) with (autovacuum_vacuum_insert_scale_factor = 0.02);
comment on table message_metadata is 'filter[metadata.key]: the messages that have an entry, by when they were made; kept by triggers of messages, so that whoever writes them need not know of it';
comment on column message_metadata.entry is 'metadata_entry of its key and value';

create function metadata_entry(key text, value text) returns uuid immutable strict parallel safe
    return encode(substring(sha256(convert_to(length(key) || ':' || key || value, 'UTF8')) for 16), 'hex')::uuid;
comment on function metadata_entry(text, text) is 'Stands for an entry of up to 564 characters, more than an index takes; half of its SHA-256';

create function keep_metadata() returns trigger language plpgsql as $$
begin
    if tg_op <> 'INSERT' and old.metadata is not null then
        delete from message_metadata
        where organization_id = old.organization_id and created_at = old.created_at and message_id = old.id
            and entry in (select metadata_entry(key, value) from jsonb_each_text(old.metadata));
    end if;
    if tg_op <> 'DELETE' and new.metadata is not null then
        insert into message_metadata (organization_id, entry, created_at, message_id)
        select new.organization_id, metadata_entry(key, value), new.created_at, new.id from jsonb_each_text(new.metadata);
    end if;
    return null;
end $$;
comment on function keep_metadata() is 'Keeps message_metadata as messages are: a tombstone has no metadata';
create trigger messages_keep_metadata_of_new after insert on messages for each row
    when (new.metadata is not null) execute function keep_metadata();
create trigger messages_keep_metadata_of_edit after update of metadata on messages for each row
    when (old.metadata is distinct from new.metadata) execute function keep_metadata();
create trigger messages_keep_metadata_of_removal after delete on messages for each row
    when (old.metadata is not null) execute function keep_metadata();

insert into message_metadata (organization_id, entry, created_at, message_id)
select m.organization_id, metadata_entry(e.key, e.value), m.created_at, m.id
from messages m cross join lateral jsonb_each_text(m.metadata) e
where m.metadata is not null
order by 1, 2, 3, 4;
drop index messages_metadata;
