-- Lists of candidates by what an organization looks them up by; hidden ones are never listed.
create index candidates_by_email on candidates (organization_id, email, created_at desc, id desc)
    where deleted_at is null;
create index candidates_by_last_name on candidates (organization_id, last_name, created_at desc, id desc)
    where deleted_at is null;
