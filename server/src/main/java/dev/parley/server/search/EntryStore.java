package dev.parley.server.search;

import dev.parley.server.platform.db.Arrays;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** Writes entries, for whoever has the lock on that. */
final class EntryStore {

    private static final String GIVEN = """
            with given as materialized (
                select * from unnest(?::uuid[], ?::text[], ?::uuid[], ?::timestamptz[], ?::text[])
                    as g (organization_id, resource_type, resource_id, created_at, words)
            ), kinds as materialized (
                select distinct organization_id, resource_type from given
            ), ends as materialized (
                select k.organization_id, k.resource_type, s.id, s.number, s.entries
                from kinds k left join lateral (
                    select id, number, entries from search_segments s
                    where s.organization_id = k.organization_id and s.resource_type = k.resource_type
                    order by number ORDER limit 1) s on true
            )
            """;

    private static final String OPEN = """
            insert into search_segments (organization_id, resource_type, number)
            select organization_id, resource_type, NEXT from ends where id is null or entries >= ? * GROWN or OTHER
            """;

    // An entry that is there stays in its segment, whose id is in its words.
    private static final String WRITE = """
            , placed as (
                select g.*, coalesce(e.segment_id, s.id) as segment_id
                from given g join ends s on s.organization_id = g.organization_id and s.resource_type = g.resource_type
                left join search_entries e on e.organization_id = g.organization_id and e.resource_type = g.resource_type
                    and e.resource_id = g.resource_id
            ), written as (
                insert into search_entries (organization_id, resource_type, resource_id, segment_id, created_at, words)
                select organization_id, resource_type, resource_id, segment_id, created_at,
                    array_to_tsvector(array(select to_hex(segment_id) || ':' || w from unnest(string_to_array(words, ' ')) w))
                from placed order by organization_id, resource_type, resource_id
                on conflict (organization_id, resource_type, resource_id)
                    do update set segment_id = excluded.segment_id, words = excluded.words
                    where search_entries.words is distinct from excluded.words
                returning organization_id, segment_id, old.resource_id is null as made
            )
            update search_segments s set entries = s.entries + w.made
            from (select organization_id, segment_id, count(*) as made from written where made group by 1, 2) w
            where s.organization_id = w.organization_id and s.id = w.segment_id
            """;

    private static final String REMOVE = """
            delete from search_entries e using unnest(?::uuid[], ?::text[], ?::uuid[]) as g (organization_id, resource_type, resource_id)
            where e.organization_id = g.organization_id and e.resource_type = g.resource_type and e.resource_id = g.resource_id
            """;

    /** Where new segments are put, seen from those that are there. */
    enum Side {
        /** For what is made from now on. */
        NEWER("desc", "greatest(coalesce(number, 0), 0) + 1", "number < 1", "1"),
        /** For what was there before, which is put into segments as large as they would be merged to. */
        OLDER("asc", "least(coalesce(number, 1), 1) - 1", "number > 0", Layers.grownByNumber());

        private final String given;
        private final String open;

        Side(String order, String next, String other, String grown) {
            given = GIVEN.replace("ORDER", order);
            open = OPEN.replace("NEXT", next).replace("OTHER", other).replace("GROWN", grown);
        }
    }

    private EntryStore() {}

    /**
     * Makes entries, or makes them anew.
     *
     * @param full entries after which a segment gets no more; those of one call stay together
     */
    static void write(Connection connection, List<Source> sources, Side side, int full) throws SQLException {
        if (sources.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(side.given + side.open)) {
            bind(statement, sources).value(full);
            statement.executeUpdate();
        }
        try (PreparedStatement statement = connection.prepareStatement(side.given + WRITE)) {
            bind(statement, sources);
            statement.executeUpdate();
        }
        SortInStatement.run(connection);
    }

    private static Arrays bind(PreparedStatement statement, List<Source> sources) throws SQLException {
        return new Arrays(statement)
                .uuids(sources, Source::organizationId)
                .texts(sources, Source::type)
                .uuids(sources, Source::id)
                .times(sources, Source::createdAt)
                .texts(sources, source -> String.join(" ", source.words()));
    }

    static void remove(Connection connection, List<Changed> gone) throws SQLException {
        if (gone.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(REMOVE)) {
            new Arrays(statement)
                    .uuids(gone, Changed::organizationId)
                    .texts(gone, Changed::type)
                    .uuids(gone, Changed::id);
            statement.executeUpdate();
        }
    }
}
