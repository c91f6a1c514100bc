-- The file comes first, its row second, the message that names it third. A row whose content no message names any more goes
-- together with its file; a file without a row gets one, and goes the same way.

create table media_store (
    only_row boolean not null default true,
    id uuid not null,
    constraint media_store_pk primary key (only_row),
    constraint media_store_one_row check (only_row)
);
comment on table media_store is 'Where the files of this database are: a node that has another store does not start';

create table media_files (
    organization_id uuid not null,
    sha256 text not null,
    size bigint not null,
    touched_at timestamptz not null,
    check_at timestamptz,
    constraint media_files_pk primary key (organization_id, sha256),
    constraint media_files_sha256 check (sha256 ~ '^[0-9a-f]{64}$')
);
comment on table media_files is 'Each content that is stored, once per organization; check_at is when it is looked whether a message still names it';
create index media_files_due on media_files (check_at) where check_at is not null;

-- Which messages name a content: a payload has it under the member that its type names.
create index messages_media on messages (organization_id, (payload -> (payload ->> 'type') ->> 'sha256'))
    where payload -> (payload ->> 'type') ->> 'sha256' is not null;

-- Ten minutes are longer than a request takes from storing a file to committing the message that names it.
create function release_media() returns trigger language plpgsql as $$
begin
    update media_files set check_at = greatest(parley_now(), touched_at + interval '10 minutes')
    where organization_id = old.organization_id and sha256 = old.payload -> (old.payload ->> 'type') ->> 'sha256';
    return null;
end $$;
comment on function release_media() is 'A message stops naming a content: whoever deletes messages need not know of files';
create trigger messages_release_media_of_edit after update of payload on messages for each row
    when (old.payload -> (old.payload ->> 'type') ->> 'sha256' is not null) execute function release_media();
create trigger messages_release_media_of_removal after delete on messages for each row
    when (old.payload -> (old.payload ->> 'type') ->> 'sha256' is not null) execute function release_media();

create table media_uploads (
    organization_id uuid not null,
    account_id uuid not null,
    sha256 text not null,
    mime_type text not null,
    provider_id text not null,
    expires_at timestamptz not null,
    constraint media_uploads_pk primary key (organization_id, account_id, sha256, mime_type)
);
comment on table media_uploads is 'The id under which a provider knows a content, for as long as it does';
create index media_uploads_expiry on media_uploads (expires_at);

create table media_downloads (
    organization_id uuid not null,
    message_id uuid not null,
    account_id uuid not null,
    provider_id text not null,
    due_at timestamptz not null,
    tries integer not null default 0,
    give_up_at timestamptz not null,
    constraint media_downloads_pk primary key (organization_id, message_id)
);
comment on table media_downloads is 'Files of candidates that are still at the provider; due_at is also until when a node has one under way';
create index media_downloads_due on media_downloads (due_at);

alter table attempts add column preparing boolean not null default false;
comment on column attempts.preparing is 'A file is being given to the provider: nothing has gone to the candidate, whatever happens';
