-- Updates whose key no account of their secret had when they came: while an app's secret is changed one account after the other,
-- or before a number is connected. They are applied once an account has both.
alter table callback_updates
    add column route_kind text,
    add column route_key text,
    add column secret_fingerprint bytea;
comment on column callback_updates.route_key is 'set where no account had this key with this secret: then its organization and account are those of the URL';
create index callback_updates_unrouted on callback_updates (provider, route_kind, route_key) where route_key is not null;
