-- No plan depends on what is in these, and going through 30,000 of them is most of what keeping statistics of a growing table costs:
-- processor time that is taken from accepting every few seconds. Plans are made once, for any value, so nothing needs them sooner.
alter table messages
    alter column payload set statistics 0,
    alter column metadata set statistics 0,
    alter column errors set statistics 0,
    alter column marks set statistics 0;
alter index messages_media alter column 2 set statistics 0;
alter table messages set (autovacuum_analyze_scale_factor = 0.2);
alter table events
    alter column fields set statistics 0,
    alter column state set statistics 0;
alter table if exists events_p0 set (autovacuum_analyze_scale_factor = 0.2);
alter table if exists events_p1 set (autovacuum_analyze_scale_factor = 0.2);
