alter table messages add column marks jsonb;
comment on column messages.marks is 'what happened to the message beside its delivery: reactions to it, when the candidate edited it or took it back; null for nothing';

alter table thread_addresses add column former_at timestamptz;
comment on column thread_addresses.former_at is 'since when, by the provider''s time, the address names the thread''s person no longer: what was written before still belongs to the thread, what is written later is from whoever has the address now';
alter table thread_addresses add column since timestamptz;
comment on column thread_addresses.since is 'where another thread had the address before: until when';

-- Found when a message is taken back by the candidate; few rows are kept.
create index callback_updates_set_aside on callback_updates (organization_id, account_id, provider_message_id)
    where state = 'set_aside' and provider_message_id is not null;

create table read_receipts (
    organization_id uuid not null,
    thread_id uuid not null,
    account_id uuid not null,
    provider_message_id text not null,
    written_at timestamptz not null,
    due_at timestamptz not null,
    tries smallint not null default 0,
    constraint read_receipts_pk primary key (organization_id, thread_id, account_id)
);
comment on table read_receipts is 'Which message of a candidate the provider is still to be told of as read, the newest of each thread and account; the row goes once it is told, or given up';
create index read_receipts_due on read_receipts (due_at);
