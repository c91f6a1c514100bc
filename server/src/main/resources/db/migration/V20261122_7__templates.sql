-- Templates as their providers have them. Written when one is handed in, by callbacks, and by the synchronisation.

create table message_templates (
    organization_id uuid not null,
    id uuid not null,
    provider text not null,
    owner text not null,
    provider_id text,
    name text not null,
    language text not null,
    category text not null,
    named boolean not null,
    components text not null,
    preview text,
    status text not null,
    rejection_reason text,
    quality text,
    submitted_at timestamptz,
    changed_at timestamptz,
    version integer not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    constraint message_templates_pk primary key (organization_id, id),
    constraint message_templates_name unique (organization_id, provider, owner, name, language),
    constraint message_templates_status check (status in ('PENDING', 'APPROVED', 'REJECTED', 'PAUSED', 'DISABLED')),
    constraint message_templates_known check (provider_id is not null or submitted_at is not null)
);
comment on table message_templates is 'Message templates, per owner at a provider: accounts with the same owner share them';
comment on column message_templates.owner is 'the provider''s id of whoever has it: of a WhatsApp Business account';
comment on column message_templates.components is 'JSON in the provider''s form, as text: its order is kept';
comment on column message_templates.named is 'whether its variables have names, else numbers';
comment on column message_templates.submitted_at is 'set from before it is handed in until it is known that the provider has it; until then nobody is shown it';
comment on column message_templates.changed_at is 'the provider''s time of the last change that a callback told: an older one changes nothing';
create index message_templates_newest on message_templates (organization_id, created_at desc, id desc);
create index message_templates_named on message_templates (organization_id, name, language);
create index message_templates_provider on message_templates (organization_id, provider, provider_id);
