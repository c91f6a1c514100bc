-- The audit log knew of erasures alone; from here on it tells of every management and destructive call, and by whom. What the
-- release before writes into it was done with an organization's token.
alter table audit_entries
    alter column id set default uuidv7(),
    add column actor text not null default 'token',
    add column token_id uuid,
    add column token_name text,
    add column request_id text,
    add column resource_type text generated always as (
        case split_part(action, '.', 1)
            when 'candidateStatus' then 'candidateStatuses'
            else split_part(action, '.', 1) || 's'
        end) virtual,
    add constraint audit_entries_actor check (actor in ('partner', 'token', 'commandLine', 'system'));
comment on table audit_entries is 'Who changed or removed what, without its content and without personal data; outlives the organization';
comment on column audit_entries.organization_id is 'of zeros alone for what concerns the whole server';
comment on column audit_entries.subject is 'the id of the resource; of zeros alone where there is no single one';
comment on column audit_entries.token_id is 'of an organization''s token; null for every other actor';
comment on column audit_entries.counts is 'how much was removed, where a call removes many things';
create index audit_entries_newest on audit_entries (organization_id, created_at desc, id desc);
create index audit_entries_newest_of_all on audit_entries (created_at desc, id desc);
create index audit_entries_subject on audit_entries (subject, created_at desc, id desc);
create index audit_entries_token on audit_entries (organization_id, token_id, created_at desc, id desc) where token_id is not null;
create index audit_entries_id on audit_entries (id);
