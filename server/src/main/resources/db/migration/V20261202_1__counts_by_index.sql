-- Lists count up to 10,001 rows. An index that says which rows are deleted, and which failed, is counted alone, without a visit to
-- each row (docs/adr/0023). Erasing and merging still find a thread's deleted messages by messages_thread, so it has all.
create index messages_newest_shown on messages (organization_id, created_at desc, id desc) where deleted_at is null;
drop index messages_newest;
alter index messages_newest_shown rename to messages_newest;

create index messages_thread_all on messages (organization_id, thread_id, created_at desc, id desc) include (deleted_at);
drop index messages_thread;
alter index messages_thread_all rename to messages_thread;

-- messages_failed goes by when they failed; who asks for the status is given those.
alter table messages add constraint messages_failed_when check ((delivery_status = 'failed') = (failed_at is not null));
