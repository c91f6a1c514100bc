package dev.parley.server.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.server.Schema;
import dev.parley.server.events.EventFixture;
import dev.parley.server.events.EventFixture.Seen;
import dev.parley.server.events.Horizon;
import dev.parley.server.platform.db.Database;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventPartitionsTest {

    private static final RetentionSettings SETTINGS = new RetentionSettings(
            Duration.ofDays(32), Duration.ofHours(24), Duration.ofDays(90), Duration.ofDays(30), Duration.ofDays(400));
    private static final long SIZE = 1L << 40;
    private static final UUID RESOURCE = UUID.randomUUID();

    private final EventFixture events = new EventFixture();
    private final EventPartitions partitions = new EventPartitions(events.database, SETTINGS);

    @AfterEach
    void close() {
        events.close();
    }

    @Test
    void makesTwoPartitionsAhead() {
        assertThat(partitions.runOneCycle()).isEqualTo(1);
        assertThat(tables()).containsExactly("events_p0", "events_p1", "events_p2");
        assertThat(partitions.runOneCycle()).isZero();

        events.run("select setval('event_positions', " + 7 * SIZE + ")");
        assertThat(partitions.runOneCycle()).isEqualTo(3);
        assertThat(tables()).contains("events_p7", "events_p8", "events_p9");
        events.append(RESOURCE, 1);
        assertThat(events.query("select tableoid::regclass from events")).containsExactly("events_p7");
        assertThat(indexes("events_p7"))
                .as("attached to the log's own")
                .isEqualTo(indexes("events_p0"))
                .isPositive();
    }

    @Test
    void makesPartitionsWhileWritersAndReadersAreUnderWay() throws Exception {
        try (Connection writer = events.begin();
                Connection reader = events.begin();
                Statement read = reader.createStatement()) {
            events.change(writer, RESOURCE, 1);
            read.execute("select * from events");

            assertThat(partitions.runOneCycle()).isEqualTo(1);
            writer.commit();
        }
        assertThat(events.all()).hasSize(1);
    }

    @Test
    void goesOnInTheNextPartitionAfterADay() {
        partitions.runOneCycle();
        events.append(RESOURCE, 1);
        events.pass(Duration.ofHours(24).minusMinutes(5));
        assertThat(partitions.runOneCycle()).isZero();
        events.append(RESOURCE, 2);
        assertThat(positions()).containsExactly(1L, 2L);

        events.pass(Duration.ofMinutes(6));
        assertThat(partitions.runOneCycle()).isEqualTo(1);
        events.append(RESOURCE, 3);
        assertThat(positions()).containsExactly(1L, 2L, SIZE);
        assertThat(partitions.runOneCycle()).as("the third partition ahead").isEqualTo(1);
        assertThat(tables()).contains("events_p3");
    }

    @Test
    void doesNotGoOnFromAPartitionThatNothingWasDrawnFrom() {
        partitions.runOneCycle();
        events.pass(Duration.ofDays(3));
        assertThat(partitions.runOneCycle()).isZero();
        events.append(RESOURCE, 1);
        assertThat(partitions.runOneCycle()).isEqualTo(1);
        events.pass(Duration.ofDays(3));
        partitions.runOneCycle();
        events.append(RESOURCE, 2);
        assertThat(positions()).containsExactly(1L, SIZE);
    }

    @Test
    void theHorizonCoversEventsBeforeTheCutAlthoughNoneCameSince() throws Exception {
        events.append(RESOURCE, 1);
        events.pass(Duration.ofHours(25));
        assertThat(partitions.runOneCycle()).isPositive();

        long horizon = Horizon.find(events.database, Duration.ofSeconds(30));
        assertThat(horizon).isEqualTo(SIZE - 1);
        assertThat(events.read(0, horizon)).hasSize(1);
    }

    @Test
    void aTransactionThatDrewItsPositionBeforeTheCutStillCommits() throws Exception {
        try (Connection straggler = events.begin()) {
            events.change(straggler, RESOURCE, 1);
            events.pass(Duration.ofHours(25));
            assertThat(partitions.runOneCycle()).isPositive();
            events.append(RESOURCE, 2);
            assertThat(Horizon.find(events.database, Duration.ofMillis(30))).isEqualTo(-1);
            straggler.commit();
        }
        assertThat(positions()).containsExactly(1L, SIZE);
    }

    @Test
    void neverMovesTheSequenceBack() {
        events.run("select setval('event_positions', " + (SIZE + 5) + ")");
        events.database.transact(connection -> {
            PartitionStore.moveOn(connection, 1);
            return 0;
        });
        events.append(RESOURCE, 1);
        assertThat(positions()).containsExactly(SIZE + 6);
    }

    @Test
    void remembersACutWhoseCommitFailed() {
        partitions.runOneCycle();
        events.append(RESOURCE, 1);
        events.pass(Duration.ofHours(25));
        events.run("select setval('event_positions', " + (SIZE - 1) + ")");

        partitions.runOneCycle();
        assertThat(events.query("select number from event_cuts order by number"))
                .containsExactly("0", "1");
        events.append(RESOURCE, 2);
        partitions.runOneCycle();
        events.append(RESOURCE, 3);
        assertThat(positions()).containsExactly(1L, SIZE, SIZE + 1);
    }

    @Test
    void dropsAPartitionOnceAllItsEventsAreOldEnough() {
        fillTwoPartitions();
        events.pass(Duration.ofDays(32).plusMinutes(5));
        partitions.runOneCycle();
        assertThat(positions()).contains(1L);

        events.pass(Duration.ofMinutes(6));
        assertThat(partitions.runOneCycle()).isPositive();
        assertThat(positions()).containsExactly(SIZE);
        assertThat(tables()).doesNotContain("events_p0").contains("events_p1", "events_p2", "events_p3");
        assertThat(events.query("select to_regclass('events_p0')")).containsExactly((String) null);
        assertThat(events.query("select min(number) from event_cuts")).containsExactly("1");
        assertThat(events.query("select count(*) from pg_locks where locktype = 'advisory'"))
                .containsExactly("0");
    }

    @Test
    void writersGoOnWhileAReaderKeepsAPartitionFromBeingDropped() throws Exception {
        fillTwoPartitions();
        events.pass(Duration.ofDays(33));
        try (Connection reader = events.begin();
                Statement read = reader.createStatement()) {
            read.execute("select * from events");
            CompletableFuture<Integer> cycle = CompletableFuture.supplyAsync(partitions::runOneCycle);
            await().until(() -> !events.query("select 1 from pg_stat_activity where query like '%detach partition%'"
                            + " and wait_event_type = 'Lock' and datname = current_database()")
                    .isEmpty());
            events.append(RESOURCE, 3);
            assertThat(cycle).isNotDone();
            cycle.get(60, TimeUnit.SECONDS);
            assertThat(events.query("select to_regclass('events_p0')")).containsExactly("events_p0");
            reader.rollback();
        }

        assertThat(partitions.runOneCycle()).isPositive();
        assertThat(events.query("select to_regclass('events_p0')")).containsExactly((String) null);
        assertThat(events.all()).extracting(Seen::state).containsExactly("2", "3");
    }

    @Test
    void eventsThatComeDuringCutsOfTwoNodesKeepTheirOrderAndAreAllThere() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        ConcurrentLinkedQueue<String> written = new ConcurrentLinkedQueue<>();
        try (Database otherDatabase = Schema.open(events.test);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            EventPartitions other = new EventPartitions(otherDatabase, SETTINGS);
            List<Future<?>> writers = new ArrayList<>();
            for (int writer = 0; writer < 4; writer++) {
                writers.add(threads.submit(() -> write(over, written)));
            }
            for (int day = 1; day <= 6; day++) {
                int before = written.size();
                await().until(() -> written.size() > before + 20);
                events.pass(Duration.ofHours(25));
                cutOnBoth(threads, other);
                assertThat(begun()).as("one cut a day, whoever made it").isEqualTo(day);
            }
            over.set(true);
            for (Future<?> writer : writers) {
                writer.get();
            }
        }

        List<Seen> seen = events.all();
        assertThat(seen)
                .extracting(event -> event.resource() + " " + event.state())
                .containsExactlyInAnyOrderElementsOf(written);
        seen.stream()
                .collect(Collectors.groupingBy(Seen::resource, Collectors.toList()))
                .values()
                .forEach(ofOne -> assertThat(ofOne)
                        .extracting(event -> Integer.parseInt(event.state()))
                        .isSorted());
        assertThat(seen.stream()
                        .map(event -> event.position() / SIZE)
                        .distinct()
                        .count())
                .isGreaterThanOrEqualTo(6);
    }

    private Void write(AtomicBoolean over, ConcurrentLinkedQueue<String> written) {
        UUID resource = UUID.randomUUID();
        for (int number = 1; !over.get(); number++) {
            events.append(resource, number);
            written.add(resource + " " + number);
        }
        return null;
    }

    private void cutOnBoth(ExecutorService threads, EventPartitions other) throws Exception {
        CyclicBarrier together = new CyclicBarrier(2);
        Function<EventPartitions, Future<Integer>> start = node -> threads.submit(() -> {
            together.await();
            return node.runOneCycle();
        });
        Future<Integer> one = start.apply(partitions);
        Future<Integer> two = start.apply(other);
        one.get();
        two.get();
        // Who came to the lock second does nothing; both may come second to a different step.
        partitions.runOneCycle();
    }

    @Test
    void aReadByPositionLooksOnlyAtPartitionsThatCanHaveIt() {
        partitions.runOneCycle();
        String query = "select * from events where organization_id = '" + events.organization + "' and position > "
                + (2 * SIZE + 9) + " order by position limit 100";
        assertThat(String.join("\n", events.query("explain (costs off) " + query)))
                .contains("events_p2")
                .doesNotContain("events_p0", "events_p1", "Sort", "Seq Scan");

        List<String> plan = events.database.call(connection -> {
            List<String> lines = new ArrayList<>();
            try (Statement statement = connection.createStatement()) {
                statement.execute("set enable_seqscan = off");
                statement.execute("prepare reader (uuid, int8) as select * from events"
                        + " where organization_id = $1 and position > $2 order by position limit 100");
                try (var row = statement.executeQuery(
                        "explain (costs off) execute reader ('" + events.organization + "', " + (2 * SIZE + 9) + ")")) {
                    while (row.next()) {
                        lines.add(row.getString(1));
                    }
                }
                statement.execute("deallocate reader");
                statement.execute("reset enable_seqscan");
            }
            return lines;
        });
        assertThat(String.join("\n", plan))
                .contains("events_p2", "Subplans Removed: 2", "$2")
                .doesNotContain("events_p0", "events_p1", "Sort ", "Seq Scan");
    }

    private void fillTwoPartitions() {
        partitions.runOneCycle();
        events.append(RESOURCE, 1);
        events.pass(Duration.ofHours(25));
        partitions.runOneCycle();
        events.append(RESOURCE, 2);
        assertThat(positions()).containsExactly(1L, SIZE);
    }

    private long indexes(String table) {
        return Long.parseLong(
                events.query("select count(*) from pg_index x join pg_inherits i on i.inhrelid = x.indexrelid"
                                + " where x.indisvalid and x.indrelid = '" + table + "'::regclass")
                        .getFirst());
    }

    private long begun() {
        return Long.parseLong(events.query("select max(number) from event_cuts").getFirst());
    }

    private List<Long> positions() {
        return events.all().stream().map(Seen::position).toList();
    }

    private List<String> tables() {
        return events.query(
                "select inhrelid::regclass from pg_inherits where inhparent = 'events'::regclass order by 1::text");
    }
}
