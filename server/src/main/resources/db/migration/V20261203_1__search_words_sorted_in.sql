-- The words of a batch of entries are put to their places at the end of its transaction (docs/adr/0022), all at once instead of one by
-- one. The limit is far above what a batch holds, so that no insert does it before.
alter index search_entries_words set (fastupdate = on, gin_pending_list_limit = 65536);
