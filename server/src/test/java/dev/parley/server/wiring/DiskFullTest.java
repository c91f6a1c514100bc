package dev.parley.server.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.server.Patience;
import dev.parley.server.platform.json.Json;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The disk of the data folder is full, and then is not any more. */
@Tag("storm")
class DiskFullTest {

    /** Enough, and slow enough, that none gets more than what one person may be sent in a burst. */
    private static final int THREADS = 24;

    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final Duration SOON = Patience.OF_STORMS;
    /** A lease is 90 seconds: what is left to its end was given up though it was known. */
    private static final Duration BEFORE_A_LEASE_ENDS = Duration.ofSeconds(75);

    private static final String PARTNER_TOKEN = "pp_operator-token-0123456789";

    @TempDir
    Path folder;

    @Test
    void aDatabaseWithoutSpaceRefusesAndGoesOnByItselfOnceThereIsSome() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(folder.resolve("disk"), 900);
                RunningServer server = RunningServer.embedded(
                        disk.folder().resolve("data"), PARTNER_TOKEN, Map.of("log.level", "error"))) {
            WhatsAppCustomer customer = customer(server);
            SteadyWriters writers = new SteadyWriters(customer, threads(customer, THREADS), PAUSE);
            try {
                writers.awaitAccepted(2 * THREADS);
                disk.fill();
                long full = System.nanoTime();
                writers.awaitRefused(THREADS);
                Duration refusing = Duration.ofNanos(System.nanoTime() - full);
                disk.free();
                long freed = System.nanoTime();
                writers.awaitAccepted(THREADS);
                Duration accepting = Duration.ofNanos(System.nanoTime() - freed);
                writers.awaitAccepted(2 * THREADS);
                writers.stop();
                await().atMost(BEFORE_A_LEASE_ENDS)
                        .pollInterval(Duration.ofMillis(200))
                        .untilAsserted(() -> assertThat(writers.differences(server.simulatorUrl()))
                                .isEmpty());
                System.out.printf(
                        Locale.ROOT,
                        "disk of the database full: %d acknowledged, 0 lost, 0 twice, %d outcome_unknown, %d refused with 503, %d"
                                + " recovered, slowest answer %d ms; refusing %d ms after it was full, accepting again %d ms after"
                                + " there was space, all sent after %d ms%n",
                        writers.accepted(),
                        writers.unknown(),
                        writers.refused(),
                        writers.recovered(),
                        writers.slowest().toMillis(),
                        refusing.toMillis(),
                        accepting.toMillis(),
                        Duration.ofNanos(System.nanoTime() - freed).toMillis());
                assertThat(writers.strange()).isEmpty();
                assertThat(writers.unknown()).isLessThanOrEqualTo(THREADS);
            } finally {
                disk.free();
                writers.stop();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1_000, 300_000})
    void aMediaFolderWithoutSpaceRefusesFilesAloneAndTakesThemOnceThereIsSome(int size) throws Exception {
        try (SmallDisk disk = SmallDisk.mount(folder.resolve("disk"), 32);
                RunningServer server = new RunningServer(disk.folder().resolve("data"), PARTNER_TOKEN)) {
            WhatsAppCustomer customer = customer(server);
            String thread = threads(customer, 1).getFirst();
            UUID id = UUID.randomUUID();
            disk.fill();
            HttpResponse<String> refused = file(server, customer, id, thread, size);
            assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
            assertThat(refused.headers().firstValue("Retry-After")).isPresent();
            assertThat(refused.body()).contains("media_store_unavailable");
            UUID text = UUID.randomUUID();
            assertThat(customer.send(text, thread, "No file", "Ada").statusCode())
                    .isEqualTo(201);

            disk.free();
            HttpResponse<String> taken = file(server, customer, id, thread, size);
            assertThat(taken.statusCode()).as(taken.body()).isEqualTo(201);
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(List.of(text, id))
                            .allSatisfy(message ->
                                    assertThat(customer.status(message)).isIn("sent", "delivered", "read")));
        }
    }

    private static HttpResponse<String> file(
            RunningServer server, WhatsAppCustomer customer, UUID id, String thread, int size) {
        byte[] bytes = new byte[size];
        System.arraycopy("%PDF-1.7\n".getBytes(StandardCharsets.US_ASCII), 0, bytes, 0, 9);
        Map<String, ?> document = Map.of("data", Base64.getEncoder().encodeToString(bytes), "filename", "offer.pdf");
        Map<String, ?> attributes = Map.of(
                "sendBy",
                "Ada",
                "messageThreadId",
                thread,
                "payload",
                Map.of("type", "document", "document", document));
        return server.api(
                "POST",
                "/messages",
                customer.token,
                Json.text(Map.of("data", Map.of("type", "messages", "id", id.toString(), "attributes", attributes))));
    }

    private static WhatsAppCustomer customer(RunningServer server) {
        return new WhatsAppCustomer(server, new WhatsAppCustomer.Secrets("access", "secret", "verify", "Acme"));
    }

    private static List<String> threads(WhatsAppCustomer customer, int count) {
        List<String> threads = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String phone = "316123450" + (10 + i);
            threads.add(customer.thread(phone));
            customer.write(phone, "Candidate", "Hi");
        }
        await().atMost(SOON).untilAsserted(() -> assertThat(threads).allMatch(customer::windowIsOpen));
        return threads;
    }
}
