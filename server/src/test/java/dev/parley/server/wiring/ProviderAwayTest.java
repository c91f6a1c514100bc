package dev.parley.server.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.server.Patience;
import dev.parley.testkit.ledger.SimulatorControl;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What becomes of messages while the provider is down, takes connections and says nothing, or answers garbage. {@code
 * -Dprovider.minutes=N} makes each fault last that long instead of some seconds.
 */
@Tag("storm")
class ProviderAwayTest {

    private static final int THREADS = 8;
    /** In a row, before the circuit opens. */
    private static final int FAILURES = 10;

    private static final long MINUTES = Integer.getInteger("provider.minutes", 0);
    private static final Duration LASTS = MINUTES > 0 ? Duration.ofMinutes(MINUTES) : Duration.ofSeconds(4);
    /** So that no thread gets more than what one person may be sent in a burst. */
    private static final Duration PAUSE = LASTS.dividedBy(20).plusMillis(100);

    private static final Duration SOON = Patience.OF_STORMS;
    private static final Duration LONGEST_CIRCUIT = Duration.ofSeconds(2);

    @TempDir
    private static Path folder;

    private static RunningServer server;
    private static NetworkGate gate;
    private static SimulatorControl simulator;
    private static WhatsAppCustomer customer;
    private static List<String> threads;
    private SteadyWriters writers;

    @BeforeAll
    static void start() throws Exception {
        server = new RunningServer(
                folder.resolve("data"),
                "pp_operator-token-0123456789",
                Map.of(
                        "dispatch.callDeadline",
                        "2s",
                        "dispatch.lease",
                        "20s",
                        "dispatch.backOff.first",
                        "100ms",
                        "dispatch.backOff.max",
                        "1s",
                        "circuit.failures",
                        String.valueOf(FAILURES),
                        "circuit.maxPause",
                        LONGEST_CIRCUIT.toSeconds() + "s",
                        "doubt.wait",
                        "5s",
                        "log.level",
                        "error"));
        gate = new NetworkGate(URI.create(server.simulatorUrl()));
        simulator = new SimulatorControl(URI.create(server.simulatorUrl()));
        customer = new WhatsAppCustomer(
                server, new WhatsAppCustomer.Secrets("access", "secret", "verify", "Acme"), gate.httpUrl());
        threads = customer.openThreads(THREADS);
    }

    @BeforeEach
    void write() {
        writers = new SteadyWriters(customer, threads, PAUSE);
        writers.awaitAccepted(2 * THREADS);
    }

    @AfterEach
    void stopWriting() throws Exception {
        writers.stop();
    }

    @AfterAll
    static void stop() throws Exception {
        simulator.close();
        server.close();
        gate.close();
    }

    @Test
    void oneThatIsDownIsWaitedForAndNothingFails() throws Exception {
        gate.shut();
        lasts();
        gate.reopen();
        // Of what was under way when connections broke nobody knows.
        recovers("down", THREADS);
    }

    @Test
    void oneThatSaysNothingCostsNoMoreThanTheCallsBeforeItWasKnown() throws Exception {
        gate.hold();
        lasts();
        gate.cut();
        gate.open();
        recovers("half open", FAILURES + THREADS);
    }

    @Test
    void oneThatAnswersGarbageIsBelievedByItsCallbacks() throws Exception {
        simulator.faults(List.of(Map.of("effects", Map.of("garbage", Map.of()))));
        lasts();
        simulator.behave();
        recovers("answering garbage", calls());
    }

    /** Some of each thread before the circuit opens, then one now and then. */
    private static int calls() {
        return 3 * THREADS + (int) LASTS.toSeconds();
    }

    private void lasts() {
        int before = writers.accepted();
        await().pollDelay(LASTS).atMost(LASTS.plus(SOON)).until(() -> true);
        assertThat(writers.accepted()).as("accepts go on").isGreaterThan(before + THREADS);
    }

    /** @param unknown how many may end without that anybody knows whether they were sent */
    private void recovers(String fault, int unknown) throws Exception {
        long over = System.nanoTime();
        writers.stop();
        await().atMost(SOON)
                .pollInterval(Duration.ofMillis(200))
                .untilAsserted(() ->
                        assertThat(writers.differences(server.simulatorUrl())).isEmpty());
        System.out.printf(
                Locale.ROOT,
                "provider %s for %d s: %d acknowledged, 0 lost, 0 twice, %d outcome_unknown, %d refused, slowest answer %d ms; all"
                        + " sent %d ms after it was back%n",
                fault,
                LASTS.toSeconds(),
                writers.accepted(),
                writers.unknown(),
                writers.refused(),
                writers.slowest().toMillis(),
                Duration.ofNanos(System.nanoTime() - over).toMillis());
        assertThat(writers.unknown()).as("outcome_unknown").isLessThanOrEqualTo(unknown);
        assertThat(writers.refused()).as("refused").isZero();
        assertThat(writers.strange()).isEmpty();
    }
}
