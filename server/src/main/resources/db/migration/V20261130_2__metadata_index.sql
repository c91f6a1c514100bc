-- filter[metadata.key]. Only messages that have metadata are in it: any other costs nothing when it is accepted.
create index messages_metadata on messages using gin (metadata jsonb_path_ops) where metadata is not null;
comment on index messages_metadata is 'finds messages by an entry of their metadata, equal to one value or to one of several';
