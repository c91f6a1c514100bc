package dev.parley.server.platform.notify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.Schema;
import dev.parley.server.platform.db.Database;
import dev.parley.server.platform.db.DatabaseOptions;
import dev.parley.testkit.postgres.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Hints from node to node over a real database; every cycle is run by the test. */
class NotifyTest {

    private static final Topic WORK = new Topic("work");
    private static final Duration NOW = Duration.ofMillis(1);
    private static final Duration SOON = Duration.ofSeconds(5);

    private TestDatabase test;
    private Database database;
    private Node first;
    private Node second;

    /** A node whose cycles are run by hand. */
    private static final class Node {
        final UUID id = UUID.randomUUID();
        final List<Duration> rests = new ArrayList<>();
        final List<String> told = new ArrayList<>();
        final List<Hint> heard = new CopyOnWriteArrayList<>();
        final AtomicInteger connected = new AtomicInteger();
        final AtomicLong ticks = new AtomicLong();
        final Notifier notifier;
        final Listener listener;

        Node(Database database) {
            notifier = new Notifier(database, id, rests::add, topic -> told.add(topic.name()));
            listener = new Listener(
                    database,
                    id,
                    notifier,
                    new Hearing(Map.of(WORK, heard::add), connected::incrementAndGet),
                    rests::add,
                    ticks::get);
        }

        /** Hears this and nothing else, in as many cycles as that takes: what others tell may come in several. */
        void hears(Hint only) {
            Awaitility.await().untilAsserted(() -> {
                listener.runOneCycle(NOW);
                assertThat(heard).containsExactly(only);
            });
        }

        /** Looks for others at once. */
        void look() {
            ticks.addAndGet(SOON.toNanos());
            listener.runOneCycle(NOW);
        }

        void close() {
            listener.close();
            notifier.close();
        }
    }

    @BeforeEach
    void start() {
        test = Schema.create();
        database = Schema.open(test);
        first = new Node(database);
        second = new Node(database);
    }

    @AfterEach
    void stop() {
        first.close();
        second.close();
        database.close();
        test.close();
    }

    private long count(String sql) throws Exception {
        try (Connection connection = test.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    private void cut(String session) throws Exception {
        assertThat(count("select count(pg_terminate_backend(pid, 5000)) from pg_stat_activity where datname = '"
                        + test.name() + "' and application_name = 'parley " + session + "'"))
                .isPositive();
    }

    @Test
    void whatIsToldWithinThePaceGoesTogether() throws Exception {
        second.listener.runOneCycle(NOW);
        first.listener.runOneCycle(NOW);
        for (int i = 0; i < 1000; i++) {
            first.notifier.tell(WORK, "account" + i % 3);
        }
        assertThat(first.notifier.runOneCycle()).isEqualTo(2);
        assertThat(first.told).containsExactly("nodes", "work");
        assertThat(first.rests).containsExactly(Notifier.PACE);
        assertThat(first.notifier.runOneCycle()).isZero();
        assertThat(first.rests).as("nothing to tell, no rest").hasSize(1);

        second.hears(new Hint(first.id, List.of("account0", "account1", "account2")));
        first.listener.runOneCycle(NOW);

        assertThat(first.heard).as("its own").isEmpty();
    }

    @Test
    void whoIsAloneTellsNothingUntilAnotherComes() throws Exception {
        first.listener.runOneCycle(NOW);
        assertThat(first.listener.others()).isZero();
        first.notifier.runOneCycle();
        first.told.clear();
        first.notifier.tell(WORK, "a");
        assertThat(first.notifier.runOneCycle()).isZero();

        second.listener.runOneCycle(NOW);
        second.notifier.runOneCycle();
        // A cycle may hear no more than what this node told itself.
        Awaitility.await("the other is heard of").untilAsserted(() -> {
            first.listener.runOneCycle(NOW);
            first.notifier.tell(WORK, "b");
            assertThat(first.notifier.runOneCycle()).isEqualTo(1);
        });
        second.hears(new Hint(first.id, List.of("b")));
        first.look();
        assertThat(first.listener.others()).isEqualTo(1);

        second.listener.close();
        Awaitility.await("its session ends").untilAsserted(() -> {
            first.look();
            assertThat(first.listener.others()).isZero();
        });
        first.notifier.tell(WORK, "c");
        assertThat(first.notifier.runOneCycle()).isZero();
    }

    @Test
    void aListenerThatWasCutOffConnectsAgainAndSaysSo() throws Exception {
        first.listener.runOneCycle(NOW);
        assertThat(first.connected).hasValue(1);

        cut("listener");
        first.listener.runOneCycle(SOON);
        assertThat(first.listener.connected()).isFalse();
        assertThat(first.listener.runOneCycle(NOW)).isZero();

        assertThat(first.listener.connected()).isTrue();
        assertThat(first.connected).hasValue(2);
        second.notifier.tell(WORK, "a");
        second.notifier.runOneCycle();
        first.listener.runOneCycle(SOON);
        assertThat(first.heard).containsExactly(new Hint(second.id, List.of("a")));
    }

    @Test
    void aNotifierThatWasCutOffTellsNevertheless() throws Exception {
        first.listener.runOneCycle(NOW);
        second.notifier.tell(WORK, "a");
        second.notifier.runOneCycle();
        cut("notifier");
        second.notifier.tell(WORK, "b");

        assertThat(second.notifier.runOneCycle()).isEqualTo(1);

        // Each came by a session of its own, so one cycle may hear the first alone.
        for (int i = 0; i < 5 && first.heard.size() < 2; i++) {
            first.listener.runOneCycle(SOON);
        }
        assertThat(first.heard).containsExactly(new Hint(second.id, List.of("a")), new Hint(second.id, List.of("b")));
    }

    @Test
    void whatIsToldBeforeTheEndIsTold() {
        first.listener.runOneCycle(NOW);
        second.notifier.tell(WORK, "last");
        second.notifier.close();

        first.listener.runOneCycle(SOON);
        assertThat(first.heard).containsExactly(new Hint(second.id, List.of("last")));
    }

    @Test
    void withoutADatabaseItIsTriedAgainWithGrowingPausesAndNothingIsForgotten() throws Exception {
        DatabaseOptions nowhere =
                new DatabaseOptions("jdbc:postgresql://127.0.0.1:1/none", "nobody", "", 4, true, Duration.ofSeconds(1));
        try (Database gone = Database.open(nowhere)) {
            Node node = new Node(gone);
            List<Long> pauses = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                pauses.add(node.listener.runOneCycle(NOW).toMillis());
            }
            assertThat(pauses).containsExactly(100L, 200L, 400L, 800L, 1600L, 3200L, 5000L, 5000L);
            assertThat(node.connected).hasValue(0);
            node.notifier.tell(WORK, "a");
            assertThat(node.notifier.runOneCycle()).isZero();
            assertThat(node.notifier.runOneCycle()).isZero();
            assertThat(node.told).isEmpty();
        }
    }
}
