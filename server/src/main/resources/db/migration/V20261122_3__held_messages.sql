-- A node that finds that none could hear evidence grants messages on hold their whole wait again, as it does doubts.
create index messages_hold on messages (doubt_until) where phase = 'hold';
