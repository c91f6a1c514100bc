-- Removing a channel account that very many threads name is not one transaction.
create table account_releases (
    organization_id uuid not null,
    account_id uuid not null,
    next_thread uuid not null,
    constraint account_releases_pk primary key (organization_id, account_id)
);
comment on table account_releases is 'Removed channel accounts that threads may still name; the row goes when none does any more';
comment on column account_releases.next_thread is 'the threads before this id are done';
