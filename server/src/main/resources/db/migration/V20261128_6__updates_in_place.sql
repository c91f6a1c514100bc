-- A row is updated in place (HOT) only while no column changes that any index names, be it in its predicate. Each message changes
-- its phase twice on its way out, and three indexes named the phase: that was a new entry in every index of the table, twice.
drop index messages_scheduled;
drop index messages_doubt;
drop index messages_hold;
-- A place in the thread's order is given when the time has come; what is taken back before is a tombstone.
create index messages_scheduled on messages (scheduled_at)
    where scheduled_at is not null and seq is null and deleted_at is null;
-- Of those in doubt and of those on hold alike.
create index messages_doubt on messages (doubt_until) where doubt_until is not null;
