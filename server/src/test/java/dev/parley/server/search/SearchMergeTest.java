package dev.parley.server.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Searches while old segments are merged, compared with what was put in. */
class SearchMergeTest {

    private static final int FULL = 50;
    private static final int BATCH = 30;
    private static final int MOST = 10_001;

    private final SearchWorld world = new SearchWorld();
    /** The newest first. */
    private final List<UUID> made = new ArrayList<>();

    SearchMergeTest() throws Exception {}

    @AfterEach
    void close() {
        world.close();
    }

    /** Entry n has the words all, in with the remainder of n by 60, and once with n. */
    private void fill(int entries) {
        world.threads.run("insert into search_segments (organization_id, resource_type, number, entries) select '"
                + world.organization + "', 'messages', n, " + FULL + " from generate_series(1, " + entries / FULL
                + ") n");
        world.threads.run("""
                insert into search_entries
                select s.organization_id, 'messages', gen_random_uuid(), s.id, timestamptz '2026-01-01' + n * interval '1 second',
                    array_to_tsvector(array[to_hex(s.id) || ':all', to_hex(s.id) || ':in' || mod(n, 60), to_hex(s.id) || ':once' || n])
                from search_segments s cross join generate_series((s.number - 1) * %1$d, s.number * %1$d - 1) n
                """.formatted(FULL));
        world.threads.run("analyze search_entries");
        world.threads
                .texts("select resource_id from search_entries order by created_at desc")
                .forEach(id -> made.add(UUID.fromString(id)));
    }

    private List<UUID> with(int remainder) {
        List<UUID> those = new ArrayList<>();
        for (int i = 0; i < made.size(); i++) {
            if ((made.size() - 1 - i) % 60 == remainder) {
                those.add(made.get(i));
            }
        }
        return those;
    }

    private void compare(int round) {
        int remainder = round % 10;
        int one = round * 7919 % made.size();
        assertThat(world.found("messages", "in" + remainder + "x")).isEmpty();
        assertThat(world.found("messages", "in5" + remainder)).containsExactlyElementsOf(with(50 + remainder));
        assertThat(world.found("messages", "all once" + one)).contains(made.get(made.size() - 1 - one));
        if (round % 25 == 0) {
            assertThat(world.found("messages", "all"))
                    .containsExactlyElementsOf(made.subList(0, Math.min(MOST, made.size())));
        }
    }

    private SearchMerger merger() {
        return new SearchMerger(world.threads.database, BATCH, FULL);
    }

    private String segments() {
        return world.threads.text("select count(*) from search_segments");
    }

    @Test
    void everySearchFindsTheSameBeforeInTheMiddleAndAfter() {
        fill(12_000);
        compare(0);
        int rounds = 1;
        // Each batch is another node's, which knows nothing of those before.
        while (merger().runOneCycle() > 0) {
            compare(rounds++);
        }
        compare(0);
        assertThat(rounds).isGreaterThan(12_000 / BATCH / 2);
        assertThat(Integer.parseInt(segments())).isLessThan(25);
        assertThat(world.threads.text(
                        "select string_agg(distinct entries::text, ' ') from search_segments where number > 232"))
                .isEqualTo("50");
        assertThat(world.threads.text("select sum(entries) from search_segments"))
                .isEqualTo("12000");
        assertThat(world.threads.text("select count(*) from search_segments s where entries <> "
                        + "(select count(*) from search_entries e where e.segment_id = s.id)"))
                .isEqualTo("0");
        world.threads.run(
                "delete from search_entries where created_at < timestamptz '2026-01-01' + interval '11000 seconds'");
        world.threads.run("insert into search_segments (organization_id, resource_type, number, entries) select '"
                + world.organization + "', 'messages', n, 50 from generate_series(241, 260) n");
        while (merger().runOneCycle() > 0) {}
        assertThat(Integer.parseInt(segments()))
                .as("of those that are empty only the newest stays, or those that are to stay small")
                .isLessThan(25);
        assertThat(world.found("messages", "all")).containsExactlyElementsOf(made.subList(0, 1_000));
    }

    @Test
    void costsOneQuestionWhenNothingIsToBeMerged() {
        fill(1_000);
        SearchMerger merger = merger();
        while (merger.runOneCycle() > 0) {}
        world.threads.run("update search_segments set entries = 1");
        assertThat(merger.runOneCycle()).as("no segment was opened").isZero();
        world.threads.run("insert into search_segments (organization_id, resource_type, number) values ('"
                + world.organization + "', 'messages', 100)");
        assertThat(merger.runOneCycle()).isEqualTo(1);
    }

    @Test
    void nothingIsLostOrDoubledWhileTwoNodesMergeAndOthersErase() {
        fill(6_000);
        Set<UUID> erased = ConcurrentHashMap.newKeySet();
        Set<UUID> erasing = ConcurrentHashMap.newKeySet();
        AtomicInteger merging = new AtomicInteger(2);
        List<CompletableFuture<Void>> work = new ArrayList<>();
        for (int node = 0; node < 2; node++) {
            SearchMerger merger = merger();
            work.add(CompletableFuture.runAsync(() -> {
                try {
                    while (merger.runOneCycle() > 0 || Integer.parseInt(segments()) > 40) {}
                } finally {
                    merging.decrementAndGet();
                }
            }));
        }
        work.add(CompletableFuture.runAsync(() -> eraseSome(merging, erasing, erased)));
        int searches = 0;
        while (merging.get() > 0 || searches == 0) {
            Set<UUID> gone = new HashSet<>(erased);
            List<UUID> found = world.found("messages", "all");
            Set<UUID> perhaps = new HashSet<>(erasing);
            assertThat(found).doesNotHaveDuplicates();
            assertThat(found).filteredOn(gone::contains).isEmpty();
            List<UUID> sure = new ArrayList<>(found);
            sure.removeAll(perhaps);
            assertThat(sure)
                    .containsExactlyElementsOf(
                            made.stream().filter(id -> !perhaps.contains(id)).toList());
            searches++;
        }
        work.forEach(CompletableFuture::join);
        assertThat(erased).isNotEmpty();
        assertThat(world.found("messages", "all"))
                .containsExactlyElementsOf(
                        made.stream().filter(id -> !erased.contains(id)).toList());
    }

    /** In transactions of ten, every third of which does not end well. */
    private void eraseSome(AtomicInteger merging, Set<UUID> erasing, Set<UUID> erased) {
        Random random = new Random(7);
        try (Connection connection = world.threads.test.connect()) {
            connection.setAutoCommit(false);
            for (int n = 0; (merging.get() > 0 || n < 3) && erased.size() < 2_000; n++) {
                Set<UUID> some = new HashSet<>();
                while (some.size() < 10) {
                    some.add(made.get(random.nextInt(made.size())));
                }
                erasing.addAll(some);
                if (n % 2 == 0) {
                    SearchEntryStore.erase(connection, world.organization, "messages", some);
                } else {
                    SearchEntryStore.forget(connection, world.organization, "messages", some);
                }
                if (n % 3 == 2) {
                    connection.rollback();
                } else {
                    connection.commit();
                    erased.addAll(some);
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
