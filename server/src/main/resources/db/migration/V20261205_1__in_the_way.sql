-- Ends a transaction that found, at its last statement, that what it had looked up has changed: it is run again, like one that
-- another was in the way of.
create function parley_in_the_way() returns bigint language plpgsql volatile as $$
begin
    raise exception 'what was looked up has changed' using errcode = 'serialization_failure';
end
$$;
