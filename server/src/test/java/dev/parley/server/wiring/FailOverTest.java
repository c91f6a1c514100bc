package dev.parley.server.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.server.Patience;
import dev.parley.testkit.postgres.ReplicatedPostgres;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The database is killed under load and does not come back; its synchronous replica takes its place. */
@Tag("storm")
class FailOverTest {

    private static final int THREADS = 8;
    /** So that no thread gets more than what one person may be sent in a burst. */
    private static final Duration PAUSE = Duration.ofMillis(100);

    private static final Duration SOON = Patience.OF_STORMS;
    private static final Duration LEASE = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    @Test
    void aReplicaThatIsPromotedIsFoundAndGoesOnWithAllThatWasAcknowledged() throws Exception {
        try (ReplicatedPostgres postgres = new ReplicatedPostgres(folder.resolve("postgres"));
                RunningServer server = server(postgres)) {
            WhatsAppCustomer customer =
                    new WhatsAppCustomer(server, new WhatsAppCustomer.Secrets("access", "secret", "verify", "Acme"));
            SteadyWriters writers = new SteadyWriters(customer, customer.openThreads(THREADS), PAUSE);
            try {
                postgres.becomeSynchronous();
                writers.awaitAccepted(5 * THREADS);
                postgres.killPrimary();
                writers.awaitRefused(THREADS);
                postgres.promote();
                long promoted = System.nanoTime();
                writers.awaitAccepted(THREADS);
                Duration accepting = Duration.ofNanos(System.nanoTime() - promoted);
                writers.awaitAccepted(2 * THREADS);
                writers.stop();
                await().atMost(SOON)
                        .pollInterval(Duration.ofMillis(200))
                        .untilAsserted(() -> assertThat(writers.differences(server.simulatorUrl()))
                                .isEmpty());
                System.out.printf(
                        Locale.ROOT,
                        "database killed, its replica promoted: %d acknowledged, 0 lost, 0 twice, %d outcome_unknown, %d refused with"
                                + " 503, %d recovered, slowest answer %d ms; accepting again %d ms after the promotion, all sent"
                                + " after %d ms%n",
                        writers.accepted(),
                        writers.unknown(),
                        writers.refused(),
                        writers.recovered(),
                        writers.slowest().toMillis(),
                        accepting.toMillis(),
                        Duration.ofNanos(System.nanoTime() - promoted).toMillis());
                assertThat(writers.strange()).isEmpty();
                assertThat(writers.unknown()).isLessThanOrEqualTo(THREADS);
            } finally {
                writers.stop();
            }
        }
    }

    private RunningServer server(ReplicatedPostgres postgres) {
        return new RunningServer(
                folder.resolve("data"),
                "pp_operator-token-0123456789",
                Map.of(
                        "databaseUrl",
                        "postgresql://" + postgres.primary().username() + ":"
                                + postgres.primary().password() + "@" + postgres.location(),
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
    }
}
