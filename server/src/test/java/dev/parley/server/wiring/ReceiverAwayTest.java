package dev.parley.server.wiring;

import static dev.parley.server.webhooks.WebhookReceiver.raw;
import static dev.parley.server.webhooks.WebhookReceiver.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.server.Patience;
import dev.parley.server.platform.json.Json;
import dev.parley.server.webhooks.WebhookReceiver;
import dev.parley.server.webhooks.WebhookReceiver.Received;
import dev.parley.server.webhooks.WebhookSql;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * What a customer's system is told while it is down, takes connections and says nothing, or answers garbage. {@code
 * -Dreceiver.minutes=N} makes each fault last that long instead of some seconds.
 */
@Tag("storm")
class ReceiverAwayTest {

    private static final String PARTNER = "pp_receiver-away-token-0123456789";
    private static final String HOOK = "/hook";
    private static final long MINUTES = Integer.getInteger("receiver.minutes", 0);
    private static final Duration LASTS = MINUTES > 0 ? Duration.ofMinutes(MINUTES) : Duration.ofSeconds(4);
    private static final Duration PAUSE = LASTS.dividedBy(200);
    private static final Duration RETRY = LASTS.dividedBy(4);
    private static final Duration SOON = Patience.OF_STORMS.plus(LASTS);

    @TempDir
    private Path folder;

    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    /** What it understood and answered; it may not have been heard. */
    private final List<Received> taken = new CopyOnWriteArrayList<>();

    private final AtomicBoolean stopped = new AtomicBoolean();
    private WebhookReceiver receiver;
    private NetworkGate gate;
    private RunningServer server;
    private String token;
    private Thread writer;

    @BeforeEach
    void start() throws Exception {
        receiver = new WebhookReceiver();
        receiver.on(HOOK, this::take);
        gate = new NetworkGate(URI.create(receiver.url(HOOK)));
        String retries = String.join(",", Collections.nCopies(20, RETRY.toSeconds() + "s"));
        server = new RunningServer(
                folder,
                PARTNER,
                Map.of(
                        "webhooks.retries", retries,
                        "webhooks.circuit.pause", "1s",
                        "webhooks.firstByteTimeout", "1s",
                        "webhooks.answerTimeout", "1s",
                        "log.level", "error"));
        JsonNode made = server.make("/management/organizations", PARTNER, "organizations", Map.of("name", "Acme"));
        token = made.at("/attributes/token").asString();
        server.sql(WebhookSql.subscription(
                made.path("id").asString(), gate.httpUrl() + HOOK, "candidates", "create", null));
        writer = Thread.ofVirtual().start(this::write);
        awaitTold(10);
    }

    @AfterEach
    void stop() throws Exception {
        stopWriting();
        server.close();
        gate.close();
        receiver.close();
    }

    @Test
    void oneThatIsDownIsToldLater() throws Exception {
        gate.shut();
        lasts();
        gate.reopen();
        isTold("down");
    }

    @Test
    void oneThatSaysNothingIsToldLater() throws Exception {
        gate.hold();
        lasts();
        gate.cut();
        gate.open();
        isTold("half open");
    }

    @Test
    void oneThatAnswersGarbageIsToldAgain() throws Exception {
        receiver.on(HOOK, raw("SSH-2.0-OpenSSH\r\n\r\n", false));
        lasts();
        receiver.on(HOOK, this::take);
        isTold("answering garbage");
    }

    private boolean take(Received request, OutputStream out) throws IOException {
        taken.add(request);
        return status(204).answer(request, out);
    }

    private void write() {
        for (int i = 0; !stopped.get(); i++) {
            String id = UUID.randomUUID().toString();
            String phone = "+3161234" + (10_000 + i % 80_000);
            String body = "{\"data\":{\"type\":\"candidates\",\"id\":\"" + id + "\",\"attributes\":{\"phone\":\""
                    + phone + "\"}}}";
            if (server.api("POST", "/candidates", token, body).statusCode() == 201) {
                acknowledged.add(id);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private void stopWriting() throws InterruptedException {
        stopped.set(true);
        writer.join();
    }

    private void lasts() {
        int before = acknowledged.size();
        await().pollDelay(LASTS).atMost(LASTS.plus(SOON)).until(() -> true);
        assertThat(acknowledged.size()).as("accepts go on").isGreaterThan(before + 20);
    }

    private void awaitTold(int some) {
        await().atMost(SOON).until(() -> told().size() >= some);
    }

    /** Everything, each event under one id however often, and nothing is given up. */
    private void isTold(String fault) throws Exception {
        long over = System.nanoTime();
        stopWriting();
        await().atMost(SOON).untilAsserted(() -> assertThat(told().keySet()).containsAll(acknowledged));
        System.out.printf(
                Locale.ROOT,
                "receiver %s for %d s: %d acknowledged, 0 untold, %d requests; all told %d ms after it was back%n",
                fault,
                LASTS.toSeconds(),
                acknowledged.size(),
                receiver.received(HOOK).size(),
                Duration.ofNanos(System.nanoTime() - over).toMillis());
        assertThat(told()).allSatisfy((resource, ids) -> assertThat(ids).hasSize(1));
        String failed = server.api("GET", "/webhook-logs?filter[status]=failed", token, null)
                .body();
        assertThat(Json.MAPPER.readTree(failed).at("/meta/total").asInt(-1)).isZero();
    }

    private Map<String, Set<String>> told() {
        return WebhookReceiver.told(taken);
    }
}
