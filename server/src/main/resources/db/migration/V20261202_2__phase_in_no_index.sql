-- A row is updated in place only while no column changes that any index names, be it in its predicate; an index named the phase
-- again, and each message was written anew into every index twice. What this one finds is asked for its phase besides: of threads
-- that were merged, also messages that were sent long ago have no place.
create index messages_waiting on messages (organization_id, scheduled_at)
    where scheduled_at is not null and seq is null and deleted_at is null;
comment on index messages_waiting is 'finds scheduled messages, organization by organization';
drop index messages_scheduled_turns;
drop index messages_scheduled;
