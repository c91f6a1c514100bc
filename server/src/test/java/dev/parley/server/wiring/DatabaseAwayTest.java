package dev.parley.server.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.server.Patience;
import dev.parley.server.Schema;
import dev.parley.testkit.postgres.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What becomes of messages while the database hears nothing, is cut off, is slow, or has no connection left.
 * {@code -Dledger.minutes=N} makes each fault last a minute instead of some seconds.
 */
@Tag("storm")
class DatabaseAwayTest {

    private static final int THREADS = 4;
    private static final int FAULTS = 4;
    private static final Duration SOON = Patience.OF_STORMS;
    private static final Duration LASTS =
            Duration.ofSeconds(System.getProperty("ledger.minutes", "0").matches("0?") ? 1 : 60);
    /** Longer than the short faults. */
    private static final Duration LEASE = Duration.ofSeconds(40);
    /** So that no thread gets more than what one person may be sent in a burst: then it would wait for that. */
    private static final Duration PAUSE = LASTS.dividedBy(60).plusMillis(200);
    /** What is left to the end of a lease was given up though it was known. */
    private static final Duration BEFORE_A_LEASE_ENDS = LEASE.minusSeconds(5);
    /** {@code limits.requestTime}, and as much twice again for a machine that is busy. */
    private static final Duration BOUND = Duration.ofSeconds(15);

    /** Of the server alone, so that the database can run out of connections for it. */
    private static final String ROLE = "tight";

    @TempDir
    private static Path folder;

    private static TestDatabase database;
    private static NetworkGate gate;
    private static RunningServer server;
    private static WhatsAppCustomer customer;
    /** Those that no test has written to yet. */
    private static Iterator<String> fresh;

    private SteadyWriters writers;

    @BeforeAll
    static void start() throws Exception {
        database = Schema.create();
        sql("drop role if exists " + ROLE);
        sql("create role " + ROLE + " login password 'tight' in role " + database.username());
        gate = new NetworkGate(database);
        server = new RunningServer(
                folder.resolve("data"),
                "pp_operator-token-0123456789",
                Map.of(
                        "databaseUrl",
                        gate.url(ROLE, "tight"),
                        "database.allowUnsafe",
                        "true",
                        "secretKey",
                        RunningServer.SECRET_KEY,
                        "limits.requestTime",
                        "5s",
                        "dispatch.callDeadline",
                        "5s",
                        "dispatch.lease",
                        LEASE.toSeconds() + "s",
                        "doubt.wait",
                        "10s",
                        "log.level",
                        "error"));
        customer = new WhatsAppCustomer(server, new WhatsAppCustomer.Secrets("access", "secret", "verify", "Acme"));
        fresh = customer.openThreads(FAULTS * THREADS).iterator();
    }

    @BeforeEach
    void write() {
        List<String> threads = Stream.generate(fresh::next).limit(THREADS).toList();
        writers = new SteadyWriters(customer, threads, PAUSE);
        writers.awaitAccepted(5 * THREADS);
    }

    @AfterEach
    void stopWriting() throws Exception {
        gate.slowBy(Duration.ZERO);
        sql("alter role " + ROLE + " connection limit -1");
        gate.open();
        writers.stop();
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
        gate.close();
        database.close();
    }

    private static void sql(String statement) throws SQLException {
        try (Connection connection = database.connect();
                Statement running = connection.createStatement()) {
            running.execute(statement);
        }
    }

    @Test
    void aDatabaseThatHearsNothingAndIsThenCutOffLosesNothing() throws Exception {
        gate.hold();
        writers.awaitRefused(THREADS);
        lasts();
        gate.cut();
        writers.awaitRefused(THREADS);
        lasts();
        gate.open();
        recovers("silent for a while, then cut off");
    }

    @Test
    void aDatabaseThatHearsNothingForAWhileGoesOnWhereItWas() throws Exception {
        gate.hold();
        writers.awaitRefused(2 * THREADS);
        lasts();
        gate.open();
        recovers("silent for a while");
    }

    @Test
    void aSlowDatabaseSlowsEverythingAndLosesNothing() throws Exception {
        gate.slowBy(Duration.ofMillis(100));
        writers.awaitAccepted(3 * THREADS);
        lasts();
        gate.slowBy(Duration.ZERO);
        recovers("100 ms slower for each answer");
    }

    @Test
    void aDatabaseWithoutFreeConnectionsIsAskedAgainUntilItHasSome() throws Exception {
        sql("alter role " + ROLE + " connection limit 0");
        gate.cut();
        gate.open();
        writers.awaitRefused(THREADS);
        lasts();
        sql("alter role " + ROLE + " connection limit -1");
        recovers("out of connections");
    }

    private void lasts() {
        await().pollDelay(LASTS).atMost(LASTS.plus(SOON)).until(() -> true);
    }

    /**
     * Everything that was acknowledged goes out once and in order, and nobody waited longer than the bound for an answer. Only
     * where the fault outlasts the lease what was being claimed may be in doubt, one message of a thread.
     */
    private void recovers(String fault) throws Exception {
        long over = System.nanoTime();
        writers.awaitAccepted(THREADS);
        Duration accepting = Duration.ofNanos(System.nanoTime() - over);
        writers.awaitAccepted(2 * THREADS);
        writers.stop();
        await().atMost(BEFORE_A_LEASE_ENDS)
                .pollInterval(Duration.ofMillis(200))
                .untilAsserted(() ->
                        assertThat(writers.differences(server.simulatorUrl())).isEmpty());
        Duration settled = Duration.ofNanos(System.nanoTime() - over);
        System.out.printf(
                Locale.ROOT,
                "database %s: %d acknowledged, 0 lost, 0 twice, %d outcome_unknown, %d refused with 503, %d recovered, slowest answer %d ms;"
                        + " accepting again after %d ms, all sent after %d ms%n",
                fault,
                writers.accepted(),
                writers.unknown(),
                writers.refused(),
                writers.recovered(),
                writers.slowest().toMillis(),
                accepting.toMillis(),
                settled.toMillis());
        assertThat(writers.unknown()).isLessThanOrEqualTo(LASTS.compareTo(LEASE) > 0 ? THREADS : 0);
        assertThat(writers.strange()).isEmpty();
        assertThat(writers.slowest()).isLessThan(BOUND);
    }
}
