package dev.parley.server.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.platform.jsonapi.ListScope;
import dev.parley.server.platform.jsonapi.Page;
import dev.parley.testkit.clock.SteerableClock;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a search reads, in a table of many segments and two organizations. */
class SearchPlanTest {

    private static final int SEGMENTS = Integer.getInteger("search.segments", 30);
    private static final int FULL = Integer.getInteger("search.full", 1_000);
    private static final Pattern SEGMENTS_READ =
            Pattern.compile("Bitmap Index Scan on search_entries_words[^\\n]*loops=(\\d+)");

    private final SearchWorld world = new SearchWorld();

    SearchPlanTest() throws Exception {}

    @AfterEach
    void close() {
        world.close();
    }

    @BeforeEach
    void fill() {
        for (UUID organization : new UUID[] {world.organization, world.threads.otherOrganization}) {
            world.threads.run("insert into search_segments (organization_id, resource_type, number, entries) select '"
                    + organization + "', 'messages', n, " + FULL + " from generate_series(1, " + SEGMENTS + ") n");
        }
        for (int number = 1; number <= SEGMENTS; number++) {
            world.threads.run("""
                    insert into search_entries
                    select s.organization_id, 'messages', gen_random_uuid(), s.id,
                        now() + s.number * interval '1 day' + n * interval '1 second',
                        array_to_tsvector(array(select distinct to_hex(s.id) || ':' || w from unnest(array['all', 'w' || n % 500,
                            'v' || n * 7 % 1000, case when n = 1 and s.number = 3 then 'rare' else 'x' || n end]) w))
                    from search_segments s cross join generate_series(1, """ + FULL + ") n where s.number = " + number);
        }
        world.threads.run("vacuum analyze search_entries");
        world.threads.run("analyze search_segments");
    }

    private String plan(String words) {
        return world.threads.database.call(connection -> {
            StringBuilder plan = new StringBuilder();
            try (PreparedStatement statement =
                    connection.prepareStatement("explain (analyze, costs off, timing off) " + SearchStore.FIND)) {
                statement.setObject(1, world.organization);
                statement.setString(2, "messages");
                statement.setString(3, words);
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        plan.append(row.getString(1)).append('\n');
                    }
                }
            }
            return plan.toString();
        });
    }

    private static int segmentsRead(String plan) {
        Matcher read = SEGMENTS_READ.matcher(plan);
        assertThat(read.find()).as(plan).isTrue();
        return Integer.parseInt(read.group(1));
    }

    @Test
    void aRareWordIsLookedUpInEachSegmentByTheIndexAlone() {
        String plan = plan("'~rare':*");
        assertThat(plan)
                .contains("search_entries_words")
                .doesNotContain("Seq Scan on search_entries")
                .doesNotContain("search_entries_pk");
        assertThat(segmentsRead(plan)).isEqualTo(SEGMENTS);
        assertThat(world.found("messages", "rare")).hasSize(1);
    }

    @Test
    void aCommonWordIsReadNoFurtherThanNeeded() {
        String plan = plan("'~all':* & '~w':*");
        assertThat(plan)
                .contains("search_entries_words")
                .doesNotContain("Seq Scan on search_entries")
                .doesNotContain("search_entries_pk");
        assertThat(segmentsRead(plan)).as(plan).isEqualTo((10_001 + FULL - 1) / FULL);
        assertThat(world.found("messages", "all w")).hasSize(10_001);
        assertThat(world.found("messages", "all").getFirst().toString())
                .isEqualTo(world.threads.text("select resource_id from search_entries where organization_id = '"
                        + world.organization + "' order by created_at desc limit 1"));
    }

    @Test
    void aPageIsCutOutOfWhatIsFound() {
        List<UUID> found = world.found("messages", "w1");
        assertThat(found).hasSizeBetween(1_000, 10_000);
        FoundPage page = world.page("messages", "w1", 25, found.size() - 30);
        assertThat(page.ids()).isEqualTo(found.subList(found.size() - 30, found.size() - 5));
        assertThat(page.total()).isEqualTo(Page.Count.exactly(found.size()));
        assertThat(world.page("messages", "w1", 25, found.size()).ids()).isEmpty();

        List<UUID> newest = world.found("messages", "all");
        FoundPage last = world.page("messages", "all", 25, 9_990);
        assertThat(last.ids()).isEqualTo(newest.subList(9_990, 10_001));
        assertThat(last.total()).isEqualTo(new Page.Count(10_001, true));
    }

    @Test
    void anEarlyPageOfALongSearchReadsNoMoreThanItNeeds() throws Exception {
        FoundPage counted = world.page("messages", "all", 25, 475);
        ListScope scope = ListScope.of(Duration.ofSeconds(5), SteerableClock.fixed());
        assertThat(within(scope, () -> world.page("messages", "all", 25, 475))).isEqualTo(counted);
        // What only counting would reach is gone, and nothing looks for it.
        String old =
                "delete from search_entries where created_at < now() + interval '" + (SEGMENTS - 2) + " days 12 hours'";
        world.threads.run(old + " and organization_id = '" + world.organization + "'");
        assertThat(within(scope, () -> world.page("messages", "all", 25, 475))).isEqualTo(counted);
        assertThat(within(scope, () -> world.page("messages", "all", 25, 500)).total())
                .isEqualTo(Page.Count.exactly(2 * FULL));
        assertThat(within(scope, () -> world.page("messages", "all", 25, 475)))
                .isEqualTo(new FoundPage(counted.ids(), Page.Count.exactly(2 * FULL)));
    }

    @Test
    void aLongSearchThatBecameShortIsCountedAnew() throws Exception {
        ListScope scope = ListScope.of(Duration.ofSeconds(5), SteerableClock.fixed());
        FoundPage counted = within(scope, () -> world.page("messages", "all", 5, 0));
        world.threads.run("delete from search_entries where resource_id not in (select resource_id from search_entries"
                + " where organization_id = '" + world.organization + "' order by created_at desc limit 7)");
        assertThat(within(scope, () -> world.page("messages", "all", 5, 0)))
                .isEqualTo(new FoundPage(counted.ids(), Page.Count.exactly(7)));
    }

    private static FoundPage within(ListScope scope, Callable<FoundPage> search) throws Exception {
        return scope.call(search::call);
    }

    @Test
    void aRareWordIsLookedUpInFewerSegmentsOnceOldOnesAreMerged() {
        SearchMerger merger = new SearchMerger(world.threads.database, FULL, FULL);
        while (merger.runOneCycle() > 0) {}
        world.threads.run("vacuum analyze search_entries");
        String plan = plan("'~rare':*");
        assertThat(plan)
                .contains("search_entries_words")
                .doesNotContain("Seq Scan on search_entries")
                .doesNotContain("search_entries_pk")
                .doesNotContain("search_entries_segment");
        assertThat(segmentsRead(plan)).as(plan).isBetween(9, 12);
        assertThat(world.found("messages", "rare")).hasSize(1);
        assertThat(world.found("messages", "all")).hasSize(10_001);
    }
}
