package dev.parley.server.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator sees of a server whose provider or database goes away and comes back. */
class OperationTest {

    private static final int THREADS = 12;

    @TempDir
    Path folder;

    private RunningServer server;
    private WhatsAppCustomer customer;

    @BeforeEach
    void start() {
        server = RunningServer.embedded(folder.resolve("data"), "pp_operator-token-0123456789", Map.of());
        customer = new WhatsAppCustomer(server, new WhatsAppCustomer.Secrets("access", "secret", "verify", "Acme"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void providerThatIsDownLeavesTheNodeReadyAndShowsInTheMetricsOfItsAccount() {
        List<String> threads = customer.openThreads(THREADS);
        server.stopSimulator();
        List<UUID> sent = new ArrayList<>();
        for (String thread : threads) {
            sent.add(UUID.randomUUID());
            assertThat(customer.send(sent.getLast(), thread, "Hello", "Ada").statusCode())
                    .isEqualTo(201);
        }
        String labels = "{account=\"" + customer.account + "\",organization=\"" + customer.organization + "\"}";
        await().untilAsserted(() -> {
            assertThat(server.metric("parley_account_circuit_open" + labels)).isEqualTo(1);
            assertThat(server.metric("parley_account_queue_messages" + labels)).isEqualTo(THREADS);
            assertThat(server.metric("parley_queue_messages")).isEqualTo(THREADS);
        });
        assertThat(server.management("/health/ready").statusCode()).isEqualTo(200);
        assertThat(server.metric("parley_accepts_seconds_count{outcome=\"accepted\"}"))
                .isEqualTo(THREADS);
        assertThat(server.metric("parley_organization_accepts_seconds_count{organization=\"" + customer.organization
                        + "\",outcome=\"accepted\"}"))
                .isEqualTo(THREADS);
        assertThat(server.metric("parley_account_attempts_seconds_count{account=\"" + customer.account))
                .isGreaterThanOrEqualTo(10);
        server.startSimulator();
        customer.subscribe();
        await().untilAsserted(() -> assertThat(sent)
                .allSatisfy(id -> assertThat(customer.status(id)).isIn("sent", "delivered", "read")));
        await().untilAsserted(() -> {
            assertThat(server.hasMetric("parley_account_circuit_open{")).isFalse();
            assertThat(server.hasMetric("parley_account_queue_messages{")).isFalse();
            assertThat(server.metric("parley_queue_messages")).isZero();
        });
    }

    @Test
    void whatTheBannerNamesIsThere() {
        HttpResponse<String> description = server.raw("GET", "/openapi.yaml", null);
        assertThat(description.statusCode()).isEqualTo(200);
        assertThat(description.body()).startsWith("openapi: 3.1");
        assertThat(server.management("/health/ready").statusCode()).isEqualTo(200);
        assertThat(server.management("/metrics").statusCode()).isEqualTo(200);
    }

    @Test
    void metricsTellOfDoubtsCallbacksPositionsAndThePool() {
        String thread = customer.openThreads(1).getFirst();
        server.control(
                "/faults",
                Map.of(
                        "rules",
                        List.of(Map.of(
                                "count", 1, "effects", Map.of("acceptThenCut", Map.of(), "loseCallbacks", Map.of())))));
        assertThat(customer.send(UUID.randomUUID(), thread, "Hello", "Ada").statusCode())
                .isEqualTo(201);
        await().untilAsserted(() -> {
            assertThat(server.metric("parley_doubts")).isEqualTo(1);
            assertThat(server.metric("parley_account_doubts{account=\"" + customer.account))
                    .isEqualTo(1);
            assertThat(server.metric("parley_events_position ")).isGreaterThan(5);
            assertThat(server.metric("parley_events_horizon ")).isEqualTo(server.metric("parley_events_position "));
            assertThat(server.metric("parley_events_horizon_lag_seconds")).isZero();
        });
        assertThat(List.of(
                        "parley_callbacks_kept{state=\"pending\"}",
                        "parley_callbacks_kept{state=\"parked\"}",
                        "parley_callbacks_kept{state=\"set_aside\"}",
                        "parley_callbacks_dropped_total",
                        "parley_callbacks_age_seconds",
                        "parley_media_downloads_waiting",
                        "parley_media_downloads_total{outcome=\"given_up\"}",
                        "parley_media_bytes_total{way=\"in\"}",
                        "parley_media_bytes_total{way=\"out\"}",
                        "parley_media_uploads_refused_total",
                        "parley_writer_queue{writer=\"submit\"}",
                        "parley_writer_queue{writer=\"results\"}",
                        "parley_writer_queue{writer=\"callbacks\"}",
                        "parley_attempts_under_way",
                        "parley_clock_correction_seconds",
                        "hikaricp_connections_active"))
                .allSatisfy(name -> assertThat(server.hasMetric(name)).isTrue());
    }

    @Test
    void databaseThatIsDownMakesTheNodeUnreadyNotDeadAndItRecovers() throws Exception {
        String thread = customer.openThreads(1).getFirst();
        assertThat(server.management("/health/ready").statusCode()).isEqualTo(200);
        server.breakDatabase();
        await().untilAsserted(() ->
                assertThat(server.management("/health/ready").statusCode()).isEqualTo(503));
        assertThat(server.management("/health/live").statusCode()).isEqualTo(200);
        HttpResponse<String> metrics = server.management("/metrics");
        assertThat(metrics.statusCode()).isEqualTo(200);
        assertThat(metrics.body()).contains("parley_queue_messages").contains("jvm_memory_used_bytes");
        unavailable(server.api("GET", "/message-threads/" + thread, customer.token, null));
        UUID refused = UUID.randomUUID();
        unavailable(customer.send(refused, thread, "Hello", "Ada"));
        server.repairDatabase();
        await().untilAsserted(() ->
                assertThat(server.management("/health/ready").statusCode()).isEqualTo(200));
        await().untilAsserted(() -> assertThat(
                        customer.send(refused, thread, "Hello", "Ada").statusCode())
                .isEqualTo(201));
        await().untilAsserted(() -> assertThat(customer.status(refused)).isIn("sent", "delivered", "read"));
    }

    @Test
    void databaseThatIsKilledIsStartedAgainAndWhatWasAcceptedIsSent() throws Exception {
        List<String> threads = customer.openThreads(3);
        List<UUID> sent = new ArrayList<>();
        for (String thread : threads) {
            sent.add(UUID.randomUUID());
            assertThat(customer.send(sent.getLast(), thread, "Hello", "Ada").statusCode())
                    .isEqualTo(201);
        }
        server.killDatabase();
        await().ignoreExceptions()
                .untilAsserted(() -> assertThat(sent)
                        .allSatisfy(id -> assertThat(customer.status(id)).isIn("sent", "delivered", "read")));
        assertThat(server.management("/health/ready").statusCode()).isEqualTo(200);
    }

    private static void unavailable(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    }
}
