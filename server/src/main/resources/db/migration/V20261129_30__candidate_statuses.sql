-- Candidate statuses are written by their organization.
comment on table candidate_statuses is 'Where a candidate stands; one name once per organization, in any letter case, which whoever writes them compares under the lock of the organization''s row';
comment on table candidates is 'People that an organization talks with';

-- Whether a status is in use, and a list of those who have it.
create index candidates_by_status on candidates (organization_id, candidate_status_id, created_at desc, id desc);
