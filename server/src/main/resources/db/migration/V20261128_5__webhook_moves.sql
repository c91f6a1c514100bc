-- A webhook's address changed, or it ended: what is pending for it follows in the background, or ends as failed.
create table webhook_moves (
    organization_id uuid not null,
    webhook_id uuid not null,
    endpoint_id uuid not null,
    noted_at timestamptz not null,
    due_at timestamptz not null,
    constraint webhook_moves_pk primary key (organization_id, webhook_id, endpoint_id)
);
comment on table webhook_moves is 'Pending deliveries of a webhook have to leave an endpoint. A row stays until nobody can add to them any more';
comment on column webhook_moves.endpoint_id is 'the one to be left';
create index webhook_moves_due on webhook_moves (due_at);
