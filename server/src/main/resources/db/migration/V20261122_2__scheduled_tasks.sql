-- Two more global tables, of the server's own bookkeeping: scheduled_tasks and event_cuts.

-- The columns are db-scheduler's. It has one row per job, a dozen at most: an index would only cost.
create table scheduled_tasks (
    task_name text not null,
    task_instance text not null,
    task_data bytea,
    execution_time timestamptz not null,
    picked boolean not null,
    picked_by text,
    last_success timestamptz,
    last_failure timestamptz,
    consecutive_failures integer,
    last_heartbeat timestamptz,
    version bigint not null,
    constraint scheduled_tasks_pk primary key (task_name, task_instance)
) with (fillfactor = 50);
comment on table scheduled_tasks is 'Timed jobs, shared by all nodes: when each is due and who runs it';

create table event_cuts (
    number bigint not null,
    cut_at timestamptz not null,
    constraint event_cuts_pk primary key (number)
);
comment on table event_cuts is 'Since when positions are drawn from partition ''number'' of events: all lower partitions hold older events';
insert into event_cuts (number, cut_at) values (0, parley_now());
