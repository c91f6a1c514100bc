-- Readers of the whole log ask for its newest positions. Of a BRIN index those are what is not summarized yet: all that came since
-- the last vacuum's round was read again at each look, unless there were so few organizations that the primary key could be
-- skipped through (docs/adr/0012). Entries of a B-tree only come at its right edge, which costs an append about a microsecond.
drop index events_position;
create index events_position on events (position);
