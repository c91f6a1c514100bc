-- Users: the recruiters of an organization, and the candidates that are assigned to them.
create table users (
    organization_id uuid not null,
    id uuid not null,
    first_name text not null,
    last_name text not null,
    email text,
    phone text,
    time_zone text,
    external_id text,
    version integer not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    constraint users_pk primary key (organization_id, id)
);
comment on table users is 'People who work for an organization; time_zone is an IANA name, external_id the caller''s own';
create index users_newest on users (organization_id, created_at desc, id desc);
create index users_by_email on users (organization_id, email, created_at desc, id desc);
create index users_by_external_id on users (organization_id, external_id, created_at desc, id desc);

create table user_candidates (
    organization_id uuid not null,
    user_id uuid not null,
    candidate_id uuid not null,
    constraint user_candidates_pk primary key (organization_id, user_id, candidate_id)
);
comment on table user_candidates is 'Which candidates are assigned to which users; written under the lock of the user''s row, and only for candidates that can be seen';
create index user_candidates_by_candidate on user_candidates (organization_id, candidate_id, user_id);
