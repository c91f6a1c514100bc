-- Organizations take turns when their scheduled messages become due.
create index messages_scheduled_turns on messages (organization_id, scheduled_at) where phase = 'scheduled';
