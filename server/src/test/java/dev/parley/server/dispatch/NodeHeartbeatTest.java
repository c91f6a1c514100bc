package dev.parley.server.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.Schema;
import dev.parley.server.platform.db.Database;
import dev.parley.server.platform.notify.Hearing;
import dev.parley.server.platform.notify.Listener;
import dev.parley.server.platform.notify.Notifier;
import dev.parley.testkit.postgres.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who counts as having been able to hear evidence, and what a doubt gets when nobody was. The time is the database's, shifted. */
class NodeHeartbeatTest {

    private static final Duration DOUBT_WAIT = Duration.ofMinutes(10);
    /** What the test itself may take; what it tells apart are minutes. */
    private static final Duration SOME_SECONDS = Duration.ofSeconds(15);

    private TestDatabase test;
    private Database database;

    @BeforeEach
    void start() {
        test = Schema.create();
        database = Schema.open(test);
    }

    @AfterEach
    void stop() {
        database.close();
        test.close();
    }

    /** A node as it runs, with the session that it lives by. */
    private final class Node implements AutoCloseable {
        final UUID id = UUID.randomUUID();
        final NodeHeartbeat heartbeat = new NodeHeartbeat(database, id, DOUBT_WAIT);
        final DoubtSweep sweep = new DoubtSweep(database, id);
        final Listener listener = new Listener(
                database,
                id,
                new Notifier(database, id, time -> {}, topic -> {}),
                new Hearing(Map.of(), () -> {}),
                time -> {},
                System::nanoTime);

        Node start() {
            listener.start();
            heartbeat.runOneCycle();
            return this;
        }

        /** As by kill -9: its session is gone, its row is not. */
        void die() {
            listener.close();
            Awaitility.await("the session ends")
                    .until(() -> number("select count(*) from pg_stat_activity where datname = '" + test.name()
                                    + "' and application_name = 'parley listener'")
                            == 0);
        }

        @Override
        public void close() {
            listener.close();
        }
    }

    private void run(String sql) {
        try (Connection connection = test.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private long number(String sql) {
        try (Connection connection = test.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void later(Duration by) {
        run("update database_clock set shift = shift + interval '" + by.toSeconds() + " seconds'");
    }

    /** A message whose outcome is unknown, given up so long from now. */
    private void doubt(Duration left) {
        doubt("doubt", left);
    }

    private void doubt(String phase, Duration left) {
        run(
                "insert into messages (organization_id, id, thread_id, origin, payload, delivery_status, phase, accepted_at,"
                        + " doubt_since, doubt_until, created_at, updated_at) values (gen_random_uuid(), gen_random_uuid(),"
                        + " gen_random_uuid(), 'outbound', '{}', 'accepted', '" + phase
                        + "', parley_now(), parley_now(), parley_now() + interval '"
                        + left.toSeconds() + " seconds', parley_now(), parley_now())");
    }

    /** Of the one that has the least. */
    private Duration left() {
        return Duration.ofSeconds(
                number("select round(extract(epoch from min(doubt_until) - parley_now())) from messages"));
    }

    @Test
    void aNodeThatWasKilledIsNotTakenForALivingOneWhenItIsBackAtOnce() {
        try (Node before = new Node().start()) {
            doubt(Duration.ofMinutes(1));
            doubt("hold", Duration.ofMinutes(1));
            before.heartbeat.runOneCycle();
            assertThat(left()).isCloseTo(Duration.ofMinutes(1), SOME_SECONDS);
            before.die();
        }
        try (Node after = new Node().start()) {
            assertThat(left()).isCloseTo(DOUBT_WAIT, SOME_SECONDS);
            assertThat(after.sweep.runOneCycle()).isZero();
        }
    }

    @Test
    void aNodeThatStopsLeavesNothing() {
        try (Node before = new Node().start()) {
            doubt(Duration.ofMinutes(1));
            before.heartbeat.stop();
            assertThat(number("select count(*) from nodes")).isZero();
            try (Node after = new Node().start()) {
                assertThat(left()).isCloseTo(DOUBT_WAIT, SOME_SECONDS);
                assertThat(number("select count(*) from nodes where id = '" + after.id + "'"))
                        .isEqualTo(1);
            }
        }
    }

    @Test
    void whileAnotherNodeLivesTheWaitGoesOn() {
        try (Node other = new Node().start()) {
            doubt(Duration.ofMinutes(1));
            try (Node restarted = new Node().start()) {
                assertThat(left()).isCloseTo(Duration.ofMinutes(1), SOME_SECONDS);
                later(Duration.ofSeconds(20));
                other.heartbeat.runOneCycle();
                later(Duration.ofSeconds(20));
                restarted.heartbeat.runOneCycle();
                assertThat(left()).isCloseTo(Duration.ofSeconds(20), SOME_SECONDS);
            }
        }
    }

    @Test
    void aNodeThatHasASessionButDoesNotReachTheDatabaseHearsNothing() {
        try (Node stuck = new Node().start()) {
            doubt(Duration.ofMinutes(1));
            later(Duration.ofSeconds(31));
            try (Node fresh = new Node().start()) {
                assertThat(left()).isCloseTo(DOUBT_WAIT, SOME_SECONDS);
                assertThat(stuck.listener.connected()).isTrue();
                assertThat(fresh.listener.connected()).isTrue();
            }
        }
    }

    @Test
    void afterTheDatabaseWasAwayNothingIsGivenUpBeforeEvidenceCouldCome() {
        try (Node node = new Node().start()) {
            doubt(Duration.ofMinutes(1));
            later(Duration.ofMinutes(5));

            assertThat(node.sweep.runOneCycle()).as("overdue, but unheard").isZero();
            node.heartbeat.runOneCycle();
            assertThat(left()).isCloseTo(DOUBT_WAIT, SOME_SECONDS);
            assertThat(node.sweep.runOneCycle()).isZero();

            for (int i = 0; i < 25; i++) {
                later(Duration.ofSeconds(25));
                node.heartbeat.runOneCycle();
            }
            assertThat(node.sweep.runOneCycle()).as("now it is").isEqualTo(1);
        }
    }
}
