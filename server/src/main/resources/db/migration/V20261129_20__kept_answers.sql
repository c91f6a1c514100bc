-- Answers to POSTs with an idempotency key, but for those that make messages: their keys are written with the message.
create table kept_answers (
    organization_id uuid not null,
    key bytea not null,
    fingerprint bytea not null,
    lease uuid not null,
    lease_until timestamptz,
    status integer,
    location text,
    body bytea,
    resource_ids uuid[],
    created_at timestamptz not null,
    constraint kept_answers_pk primary key (organization_id, key),
    constraint kept_answers_answered check ((status is null) = (body is null) and (status is null) = (resource_ids is null))
);
comment on table kept_answers is 'What a request with an idempotency key was answered, for whoever repeats it; or that it runs';
comment on column kept_answers.organization_id is 'zeros alone for a key of the partner''s';
comment on column kept_answers.key is 'SHA-256 of method, path and the caller''s key';
comment on column kept_answers.fingerprint is 'SHA-256 of the raw body';
comment on column kept_answers.lease is 'the request that it is held by or was answered to';
comment on column kept_answers.lease_until is 'when a request without an answer is taken for cut off';
comment on column kept_answers.resource_ids is 'what the answer tells of: it goes when one of these is erased';
create index kept_answers_resources on kept_answers using gin (resource_ids);
