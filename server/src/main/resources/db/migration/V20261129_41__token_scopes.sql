-- Several tokens per organization: named, with scopes and an end. Those of before keep what they could do: all.
alter table tokens
    add column id uuid not null default uuidv7(),
    add column name text not null default 'main',
    add column scopes text[] not null default '{read,send,manage}',
    add column main boolean not null default true,
    add column expires_at timestamptz,
    add column version integer not null default 1,
    add column updated_at timestamptz,
    add constraint tokens_id unique (organization_id, id),
    add constraint tokens_scopes check (
        cardinality(scopes) > 0 and scopes <@ array ['read', 'send', 'manage']);
comment on column tokens.main is 'the one that refresh-token replaces; the others are what /tokens shows';
comment on column tokens.expires_at is 'works until then; null without an end';
comment on column tokens.updated_at is 'null while nothing of it was changed';
