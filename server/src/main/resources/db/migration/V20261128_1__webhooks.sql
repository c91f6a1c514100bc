-- Webhooks: who subscribed, where it goes, what was told (docs/adr/0012).

-- Reads the log of all organizations in one go. Positions lie on disk nearly in their order, so ranges of pages find them, at no
-- cost for whoever appends.
create index events_position on events using brin (position) with (pages_per_range = 16, autosummarize = on);

create table event_readers (
    name text not null,
    position bigint not null,
    constraint event_readers_pk primary key (name)
);
comment on table event_readers is 'Up to where each reader of the whole log has come; moved in the transaction that writes what it read';
-- What happened before there was a subscription is nobody's to be told.
insert into event_readers select 'webhooks', case when is_called then last_value else 0 end from event_positions;

create table webhook_endpoints (
    organization_id uuid not null,
    id uuid not null,
    url text not null,
    -- when somebody is to look at it; null while nothing is pending, and while its owner has looked
    due_at timestamptz,
    owner_id uuid,
    owned_until timestamptz,
    fence bigint not null default 0,
    failures integer not null default 0,
    failing_since timestamptz,
    open_until timestamptz,
    paused_at timestamptz,
    created_at timestamptz not null,
    constraint webhook_endpoints_pk primary key (organization_id, id)
) with (fillfactor = 70);
comment on table webhook_endpoints is 'One address of an organization''s. One node at a time sends to it: the owner';
comment on column webhook_endpoints.failures is 'tries in a row that failed, over all deliveries';
comment on column webhook_endpoints.open_until is 'the circuit is open: until then nothing is sent';
comment on column webhook_endpoints.paused_at is 'it failed for days; nothing is sent until somebody connects it again';
create unique index webhook_endpoints_url on webhook_endpoints (organization_id, url);
create index webhook_endpoints_due on webhook_endpoints (due_at) where due_at is not null and paused_at is null;
create index webhook_endpoints_owned on webhook_endpoints (owned_until) where owner_id is not null;

create table webhooks (
    organization_id uuid not null,
    id uuid not null,
    resource text not null,
    event text not null,
    fields text[],
    webhook_url text,
    endpoint_id uuid,
    secret_header boolean not null default true,
    active boolean not null default true,
    inactive_reason text,
    -- What was there before is not for it. By position, as the clocks of nodes disagree.
    after_position bigint not null default coalesce(pg_sequence_last_value('event_positions'), 0),
    version integer not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    deleted_at timestamptz,
    constraint webhooks_pk primary key (organization_id, id),
    constraint webhooks_event check (event in ('create', 'update', 'delete'))
);
comment on column webhooks.fields is 'fires when one of them changed; null for every update';
comment on column webhooks.webhook_url is 'its own address; null for the organization''s';
comment on column webhooks.endpoint_id is 'where it goes now: of its own address or the organization''s; null where there is none';
comment on column webhooks.after_position is 'it is told of events behind this position: the last one taken when it was made';
comment on column webhooks.secret_header is 'whether the plain webhookSecret goes along';
create index webhooks_newest on webhooks (organization_id, created_at desc, id desc) where deleted_at is null;
create index webhooks_firing on webhooks (organization_id, resource, event) where active and deleted_at is null;

create table webhook_deliveries (
    organization_id uuid not null,
    id uuid not null,
    webhook_id uuid not null,
    endpoint_id uuid not null,
    position bigint not null,
    event text not null,
    resource_type text not null,
    resource_id uuid not null,
    lane integer not null,
    status text not null default 'pending',
    late boolean not null default false,
    tries smallint not null default 0,
    due_at timestamptz,
    attempts text,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    constraint webhook_deliveries_pk primary key (organization_id, id),
    constraint webhook_deliveries_status check (status in ('pending', 'delivered', 'failed'))
) with (fillfactor = 85);
comment on table webhook_deliveries is 'One event to one webhook, the API''s webhookLogs. Holds no content: that is in the event, the only copy';
comment on column webhook_deliveries.lane is 'hash of the thread, or of the resource where it belongs to none: what has one lane goes in order';
comment on column webhook_deliveries.late is 'left its lane after a failure, or is sent again: no order holds for it any more';
comment on column webhook_deliveries.tries is 'since it became pending; all of them are in attempts';
comment on column webhook_deliveries.attempts is 'JSON array, the newest last: {time, statusCode, error, milliseconds}';
create index webhook_deliveries_pending on webhook_deliveries (organization_id, endpoint_id, position, id)
    where status = 'pending' and not late;
create index webhook_deliveries_late on webhook_deliveries (organization_id, endpoint_id, due_at)
    where status = 'pending' and late;
create index webhook_deliveries_newest on webhook_deliveries (organization_id, created_at desc, id desc);
create index webhook_deliveries_webhook on webhook_deliveries (organization_id, webhook_id, created_at desc, id desc);
create index webhook_deliveries_resource on webhook_deliveries (organization_id, resource_id);
create index webhook_deliveries_expiry on webhook_deliveries using brin (created_at) with (autosummarize = on);
