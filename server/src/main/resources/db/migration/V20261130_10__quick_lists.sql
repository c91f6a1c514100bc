-- Indexes of lists (docs/adr/0023). Those with text_pattern_ops serve equality, one of several, and prefixes alike.

-- Messages that failed, newest first. The status itself must not be named: a row is updated in place only while no column
-- changes that any index names, and each message changes its status. When it failed changes for those alone that did.
create index messages_failed on messages (organization_id, created_at desc, id desc)
    where failed_at is not null and deleted_at is null;

create index threads_by_channel on threads (organization_id, channel, created_at desc, id desc)
    where deleted_at is null and merged_into is null;

create index candidates_by_phone on candidates (organization_id, phone text_pattern_ops, created_at desc, id desc)
    where deleted_at is null;
create index candidates_by_email_any_case
    on candidates (organization_id, lower(email collate "pg_c_utf8"), created_at desc, id desc) where deleted_at is null;
create index candidates_by_first_name
    on candidates (organization_id, first_name text_pattern_ops, created_at desc, id desc) where deleted_at is null;
drop index candidates_by_last_name;
create index candidates_by_last_name
    on candidates (organization_id, last_name text_pattern_ops, created_at desc, id desc) where deleted_at is null;

drop index message_templates_named;
create index message_templates_by_name on message_templates (organization_id, name text_pattern_ops, language);
create index message_templates_by_status on message_templates (organization_id, status, created_at desc, id desc);

create index channel_accounts_by_channel on channel_accounts (organization_id, channel, created_at desc, id desc)
    where deleted_at is null;

create index organizations_by_name on organizations (name text_pattern_ops, created_at desc, id desc)
    where deleted_at is null;

-- Deliveries that failed, newest first. Others of this table's indexes name the status, so that this one costs no update more.
create index webhook_deliveries_failed on webhook_deliveries (organization_id, created_at desc, id desc)
    where status = 'failed';
