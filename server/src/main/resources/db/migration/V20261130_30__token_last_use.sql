-- When a token was last used, so that those that nobody uses any more can be found.
alter table tokens
    add column last_used_at timestamptz;
comment on column tokens.last_used_at is 'written by each node at most once a minute; null while it was never used';
