-- What was received before a person was erased, and is only applied afterwards, must not bring the person back.
create table erased_addresses (
    organization_id uuid not null,
    fingerprint bytea not null,
    last_update bigint not null,
    erased_at timestamptz not null,
    constraint erased_addresses_pk primary key (organization_id, fingerprint)
);
comment on table erased_addresses is 'Keyed hashes of the values by which providers named erased persons, for a day: what of them was still to be applied is dropped';
comment on column erased_addresses.last_update is 'the last id of callback_updates that was given away when the person was erased; what came later is new';
