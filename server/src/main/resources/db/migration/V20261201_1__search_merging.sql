-- Old segments of the search are merged (docs/adr/0022). The index gives the oldest entries of a segment; it has nothing of the
-- words, and no search uses it.
create index search_entries_segment on search_entries (segment_id, created_at);
comment on index search_entries_segment is 'finds the oldest entries of a segment that is merged into an older one, and whether a segment is empty';
comment on table search_segments is 'Entries that were made one after the other: some thousand of them in the newest segments, more in older ones; a search reads segments from the newest on, until it has enough';
comment on column search_segments.entries is 'how many were put in, without those that were moved to an older segment; those that were removed are not taken off';
