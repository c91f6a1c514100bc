-- Every table of an organization leads its key with organization_id. Global tables, by name: tokens, callback_routes,
-- nodes, database_clock, schema_release. Statements that lock several rows lock them in key order, thread_dispatch before messages.

create table database_clock (
    only_row boolean not null default true,
    shift interval not null default interval '0',
    constraint database_clock_pk primary key (only_row),
    constraint database_clock_one_row check (only_row)
);
comment on table database_clock is 'How far parley_now() is ahead of the machine''s clock; other than zero in tests alone';
insert into database_clock default values;

create function parley_now() returns timestamptz language sql stable parallel safe as
$$ select clock_timestamp() + shift from database_clock $$;
comment on function parley_now() is 'The time that leases, due times and windows compare with: the database''s own, the same for every node';

create table schema_release (
    only_row boolean not null default true,
    release integer not null,
    constraint schema_release_pk primary key (only_row),
    constraint schema_release_one_row check (only_row)
);
comment on table schema_release is 'The release that the schema is of; a server works with its own and with one newer';
insert into schema_release (release) values (1);

create table nodes (
    id uuid not null,
    started_at timestamptz not null,
    seen_at timestamptz not null,
    constraint nodes_pk primary key (id)
);
comment on table nodes is 'Running server processes; a node is alive while it was seen lately';

-- organizations ---------------------------------------------------------------------------------------------------

create table organizations (
    id uuid not null,
    name text not null,
    webhook_url text,
    webhook_secret bytea,
    signing_secret bytea not null,
    previous_signing_secret bytea,
    previous_signing_secret_until timestamptz,
    version integer not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    deleted_at timestamptz,
    constraint organizations_pk primary key (id)
);
create index organizations_newest on organizations (created_at desc, id desc);
comment on column organizations.webhook_secret is 'sealed with the secret key, as every secret here';

create table tokens (
    hash bytea not null,
    kind text not null,
    organization_id uuid,
    created_at timestamptz not null,
    constraint tokens_pk primary key (hash),
    constraint tokens_kind check (kind in ('partner', 'organization')),
    constraint tokens_owner check ((kind = 'organization') = (organization_id is not null))
);
comment on table tokens is 'SHA-256 of each token that works; the token itself is nowhere';
create index tokens_organization on tokens (organization_id);

create table audit_entries (
    organization_id uuid not null,
    id uuid not null,
    action text not null,
    subject uuid not null,
    counts jsonb not null default '{}',
    created_at timestamptz not null,
    constraint audit_entries_pk primary key (organization_id, id)
);
comment on table audit_entries is 'What was erased or removed for good, without personal data';

-- candidates ------------------------------------------------------------------------------------------------------

create table candidate_statuses (
    organization_id uuid not null,
    id uuid not null,
    name text not null,
    position integer not null,
    version integer not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    constraint candidate_statuses_pk primary key (organization_id, id)
);

create table candidates (
    organization_id uuid not null,
    id uuid not null,
    phone text not null,
    first_name text,
    last_name text,
    email text,
    postal_code text,
    candidate_status_id uuid,
    version integer not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    deleted_at timestamptz,
    constraint candidates_pk primary key (organization_id, id)
);
create index candidates_newest on candidates (organization_id, created_at desc, id desc);

-- accounts --------------------------------------------------------------------------------------------------------

create table channel_accounts (
    organization_id uuid not null,
    id uuid not null,
    channel text not null,
    provider text not null,
    name text not null,
    is_default boolean not null,
    status text not null,
    status_reason text,
    messages_per_second integer not null,
    in_doubt text not null,
    settings jsonb not null,
    secrets bytea not null,
    version integer not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    deleted_at timestamptz,
    constraint channel_accounts_pk primary key (organization_id, id),
    constraint channel_accounts_status check (status in ('connected', 'paused')),
    constraint channel_accounts_in_doubt check (in_doubt in ('fail', 'resend')),
    constraint channel_accounts_rate check (messages_per_second between 1 and 10000)
);
comment on column channel_accounts.secrets is 'the secret settings as one sealed JSON object';
create unique index channel_accounts_default on channel_accounts (organization_id, channel)
    where is_default and deleted_at is null;
create index channel_accounts_newest on channel_accounts (organization_id, created_at desc, id desc);

create table callback_routes (
    provider text not null,
    kind text not null,
    external_id text not null,
    organization_id uuid not null,
    account_id uuid not null,
    secret_fingerprint bytea not null,
    constraint callback_routes_pk primary key (provider, kind, external_id, organization_id, account_id)
);
comment on table callback_routes is 'From a provider''s name of an account to the account; kind account is the id in the callback URL';
comment on column callback_routes.secret_fingerprint is 'keyed hash of the callback secret: updates are routed only among accounts that share it';
create index callback_routes_account on callback_routes (organization_id, account_id);

-- threads ---------------------------------------------------------------------------------------------------------

create table threads (
    organization_id uuid not null,
    id uuid not null,
    channel text not null,
    identifier text not null,
    chatbot_paused boolean not null default false,
    candidate_id uuid,
    channel_account_id uuid,
    last_inbound_account_id uuid,
    merged_into uuid,
    emptying boolean not null default false,
    former_addresses text[],
    version integer not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    deleted_at timestamptz,
    constraint threads_pk primary key (organization_id, id)
);
comment on column threads.channel_account_id is 'chosen by the customer; else the account that the candidate last wrote to; else the channel''s default';
comment on column threads.merged_into is 'the thread that this one turned out to be the same person as; this id stays as a redirect';
comment on column threads.emptying is 'deleted or merged, with messages that are still to be removed or moved; done in chunks';
comment on column threads.former_addresses is 'of a deleted thread: by what providers named the person, so that erasing still finds raw callbacks';
create unique index threads_identifier on threads (organization_id, channel, identifier)
    where deleted_at is null and merged_into is null;
create index threads_newest on threads (organization_id, created_at desc, id desc);
create index threads_candidate on threads (organization_id, candidate_id) where candidate_id is not null;
create index threads_merged on threads (organization_id, merged_into) where merged_into is not null;
create index threads_emptying on threads (organization_id, id) where emptying;

create table thread_merges (
    organization_id uuid not null,
    thread_id uuid not null,
    other_thread_id uuid not null,
    noticed_at timestamptz not null,
    constraint thread_merges_pk primary key (organization_id, thread_id, other_thread_id)
);
comment on table thread_merges is 'Pairs of threads that turned out to be one person''s and are still to be merged';

create table thread_addresses (
    organization_id uuid not null,
    channel text not null,
    kind text not null,
    value text not null,
    thread_id uuid not null,
    constraint thread_addresses_pk primary key (organization_id, channel, kind, value)
);
create index thread_addresses_thread on thread_addresses (organization_id, thread_id);

create table thread_windows (
    organization_id uuid not null,
    thread_id uuid not null,
    account_id uuid not null,
    expires_at timestamptz not null,
    constraint thread_windows_pk primary key (organization_id, thread_id, account_id)
) with (fillfactor = 80);
comment on table thread_windows is 'Until when free text may go from this account to this thread''s candidate';

-- dispatch state, one row per thread, never the row that the API edits ---------------------------------------------

create table thread_dispatch (
    organization_id uuid not null,
    thread_id uuid not null,
    account_id uuid,
    lane smallint not null default 0,
    last_seq bigint not null default 0,
    done_seq bigint not null default 0,
    has_work boolean not null generated always as (last_seq > done_seq) stored,
    due_at timestamptz not null default '-infinity',
    lease_until timestamptz,
    fence bigint not null default 0,
    strikes smallint not null default 0,
    pair_tokens double precision,
    pair_refilled_at timestamptz,
    last_message_at timestamptz,
    constraint thread_dispatch_pk primary key (organization_id, thread_id),
    constraint thread_dispatch_order check (done_seq <= last_seq)
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_cost_delay = 0);
comment on column thread_dispatch.has_work is 'what the index looks at: a message for a thread that has work already leaves the index alone, so the row is updated in place';
comment on column thread_dispatch.account_id is 'the account of the thread''s head, the message to be sent next';
comment on column thread_dispatch.lane is 'of the head: 0 interactive, 1 scheduled and bulk';
comment on column thread_dispatch.due_at is 'when the thread is to be looked at; a claim moves it to the end of its lease';
comment on column thread_dispatch.fence is 'rises with each claim; only the newest may advance or release the thread';
comment on column thread_dispatch.strikes is 'pair refusals in a row of the head';
create index thread_dispatch_due on thread_dispatch (organization_id, account_id, lane, due_at)
    where has_work;

create table account_dispatch (
    organization_id uuid not null,
    account_id uuid not null,
    tokens double precision not null,
    refilled_at timestamptz not null,
    bulk_credit double precision not null default 0,
    parked boolean not null default false,
    constraint account_dispatch_pk primary key (organization_id, account_id)
) with (fillfactor = 50);
comment on table account_dispatch is 'The rate of an account, shared by all nodes; locked by whoever claims for it';
comment on column account_dispatch.parked is 'threads were put off because the account was paused; they are called back when it is connected';

-- messages --------------------------------------------------------------------------------------------------------

create table messages (
    organization_id uuid not null,
    id uuid not null,
    thread_id uuid not null,
    account_id uuid,
    origin text not null,
    send_by text,
    payload jsonb,
    metadata jsonb,
    delivery_status text not null,
    errors jsonb,
    phase text not null,
    seq bigint,
    lane smallint not null default 0,
    tries smallint not null default 0,
    accepted_at timestamptz,
    sent_at timestamptz,
    delivered_at timestamptz,
    read_at timestamptz,
    failed_at timestamptz,
    scheduled_at timestamptz,
    expires_at timestamptz,
    doubt_since timestamptz,
    doubt_until timestamptz,
    provider_message_id text,
    context_message_id uuid,
    version integer not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    deleted_at timestamptz,
    constraint messages_pk primary key (organization_id, id),
    constraint messages_origin check (origin in ('outbound', 'inbound')),
    constraint messages_delivery_status check (delivery_status in ('accepted', 'sent', 'delivered', 'read', 'failed')),
    constraint messages_phase check (phase in ('scheduled', 'queued', 'open', 'doubt', 'hold', 'done'))
) with (fillfactor = 85);
comment on column messages.phase is 'where it is in dispatch: scheduled, queued (also between tries), open (an attempt is under way), doubt (outcome unknown, not sent again), hold (outcome unknown, sent once more at doubt_until), done';
comment on column messages.seq is 'its place in the thread''s order; null until a scheduled message is due, and where nothing is to be sent';
comment on column messages.deleted_at is 'when set the row is a tombstone: content is gone, the id stays taken';
create index messages_newest on messages (organization_id, created_at desc, id desc);
create index messages_thread on messages (organization_id, thread_id, created_at desc, id desc);
create unique index messages_order on messages (organization_id, thread_id, seq) where seq is not null;
create unique index messages_inbound on messages (organization_id, account_id, provider_message_id)
    where origin = 'inbound';
create index messages_scheduled on messages (scheduled_at) where phase = 'scheduled';
create index messages_doubt on messages (doubt_until) where phase = 'doubt';

create table attempts (
    organization_id uuid not null,
    message_id uuid not null,
    number smallint not null,
    account_id uuid not null,
    fence bigint not null,
    outcome text,
    opened_at timestamptz not null,
    closed_at timestamptz,
    milliseconds integer,
    provider_message_id text,
    provider_code text,
    provider_error jsonb,
    reason text,
    constraint attempts_pk primary key (organization_id, message_id, number),
    constraint attempts_outcome check (outcome in ('accepted', 'refused', 'not_sent', 'unknown'))
) with (fillfactor = 80);
comment on table attempts is 'Each try at a provider; outcome is null while it is under way';
create index attempts_provider_message on attempts (organization_id, account_id, provider_message_id)
    where provider_message_id is not null;

create table erased_provider_messages (
    organization_id uuid not null,
    account_id uuid not null,
    fingerprint bytea not null,
    erased_at timestamptz not null,
    constraint erased_provider_messages_pk primary key (organization_id, account_id, fingerprint)
);
comment on table erased_provider_messages is 'Keyed hashes of provider ids of erased messages, for 30 days: a provider''s late retry does not bring the person back';

create table idempotency_keys (
    organization_id uuid not null,
    key bytea not null,
    fingerprint bytea not null,
    outcome text not null,
    message_id uuid,
    state text,
    created_at timestamptz not null,
    constraint idempotency_keys_pk primary key (organization_id, key)
);
comment on column idempotency_keys.key is 'SHA-256 of method, path and the caller''s key';
comment on column idempotency_keys.state is 'the resource as the first answer showed it';
create index idempotency_keys_message on idempotency_keys (organization_id, message_id) where message_id is not null;

-- callbacks -------------------------------------------------------------------------------------------------------

create table callback_updates (
    organization_id uuid not null,
    id bigint generated always as identity,
    account_id uuid not null,
    provider text not null,
    state text not null default 'pending',
    body text not null,
    provider_message_id text,
    reason text,
    received_at timestamptz not null,
    constraint callback_updates_pk primary key (organization_id, id),
    constraint callback_updates_state check (state in ('pending', 'parked', 'set_aside'))
);
comment on table callback_updates is 'Updates from providers: pending until applied (then the row goes), parked (a status before the send''s answer), set aside (not understood or not applicable; kept raw for 7 days)';
create index callback_updates_pending on callback_updates (id) where state = 'pending';
create index callback_updates_parked on callback_updates (organization_id, account_id, provider_message_id)
    where state = 'parked';
create index callback_updates_kept on callback_updates (received_at) where state in ('parked', 'set_aside');

-- events ----------------------------------------------------------------------------------------------------------

create sequence event_positions as bigint cache 1;

create table events (
    organization_id uuid not null,
    position bigint not null,
    event text not null,
    resource_type text not null,
    resource_id uuid not null,
    thread_id uuid,
    fields text[],
    state text,
    created_at timestamptz not null,
    constraint events_pk primary key (organization_id, position),
    constraint events_event check (event in ('create', 'update', 'delete'))
) partition by range (position);
comment on table events is 'Every change of a resource; position is causal per resource, and a reader stops at the horizon';
comment on column events.state is 'the resource after the event: attributes and meta as the API shows them, as JSON text that only readers parse';
create index events_resource on events (organization_id, resource_id);
comment on index events_resource is 'finds what erasing blanks; ids of messages rise with time, so it grows at its right edge';
-- Partition k holds positions from k * 2^40; the daily cut moves the sequence on to the next one, so no bound ever changes.
create table events_p0 partition of events for values from (0) to (1099511627776);
create table events_p1 partition of events for values from (1099511627776) to (2199023255552);
