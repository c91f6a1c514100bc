package dev.parley.server.messages;

import static dev.parley.server.messages.MessagesServer.A;
import static dev.parley.server.messages.MessagesServer.errors;
import static dev.parley.server.messages.MessagesServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.connector.Content;
import dev.parley.server.payloads.Payload;
import dev.parley.server.payloads.PayloadKind;
import dev.parley.server.payloads.Preparation.Prepared;
import dev.parley.server.platform.db.GroupLimits;
import dev.parley.server.platform.json.Json;
import dev.parley.server.platform.jsonapi.Problem;
import dev.parley.server.platform.jsonapi.ProblemCode;
import dev.parley.server.platform.jsonapi.ValueParser.Parsed;
import dev.parley.server.platform.jsonapi.WriteResult;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Requests that come again, with payloads for which something must be done first. */
@NullUnmarked
final class PreparedIdempotencyTest {

    private static final String KEY = "Idempotency-Key";
    private static final String REPLAYED = "Idempotency-Replayed";
    private static final Problem GONE =
            Problem.at(ProblemCode.INVALID_VALUE, "/data/attributes/payload/x", "It is gone.");

    private static final AtomicInteger PREPARED = new AtomicInteger();
    private static MessagesServer server;
    private static UUID thread;
    private static Supplier<Prepared> preparation;

    @BeforeAll
    static void start() throws Exception {
        server = new MessagesServer(
                new GroupLimits(256, GroupLimits.BYTES, 1000, 10_000, Duration.ofSeconds(30)), List.of(new Fetched()));
        thread = server.db.webThread(A);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void count() {
        PREPARED.set(0);
    }

    @Test
    void theFirstAnswerComesWithoutPreparingAgain() {
        preparation = () -> new Prepared.Ready(Payload.freeForm(content(), rule -> List.of()));
        HttpResponse<String> first = post("a", "John");
        preparation = () -> new Prepared.Ready(Payload.freeForm(content(), rule -> List.of(GONE)));
        HttpResponse<String> again = post("a", "John");
        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(json(again)).isEqualTo(json(first));
        assertThat(again.headers().firstValue(REPLAYED)).hasValue("true");
        assertThat(errors(post("a", "Jane"))).containsExactly("422 idempotency_key_reused " + KEY);
        assertThat(PREPARED).hasValue(1);
    }

    @Test
    void whatThePreparationRefusedStaysRefusedForTheSameReason() {
        preparation = () -> new Prepared.Ready(Payload.freeForm(content(), rule -> List.of(GONE)));
        HttpResponse<String> first = post("b", "John");
        assertThat(errors(first)).containsExactly("422 invalid_value /data/attributes/payload/x");
        preparation = () -> new Prepared.Ready(Payload.freeForm(content(), rule -> List.of()));
        HttpResponse<String> again = post("b", "John");
        assertThat(json(again)).isEqualTo(json(first));
        assertThat(again.headers().firstValue(REPLAYED)).hasValue("true");
        assertThat(PREPARED).hasValue(1);
    }

    @Test
    void whatCouldNotBeDoneIsTriedAgain() {
        preparation = () ->
                new Prepared.Not(new WriteResult.Busy(ProblemCode.OVERLOADED, "Later.", Duration.ofSeconds(1), null));
        assertThat(post("c", "John").statusCode()).isEqualTo(503);
        preparation = () -> new Prepared.Ready(Payload.freeForm(content(), rule -> List.of()));
        assertThat(post("c", "John").statusCode()).isEqualTo(201);
        assertThat(PREPARED).hasValue(2);
    }

    @Test
    void theFirstIsStillBeingPrepared() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        preparation = () -> {
            try {
                go.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return new Prepared.Ready(Payload.freeForm(content(), rule -> List.of()));
        };
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<HttpResponse<String>> first = callers.submit(() -> post("d", "John"));
            await().until(() -> PREPARED.get() == 1);
            assertThat(errors(post("d", "John"))).containsExactly("409 idempotency_key_in_use " + KEY);
            go.countDown();
            assertThat(first.get().statusCode()).isEqualTo(201);
        }
        assertThat(PREPARED).hasValue(1);
    }

    @Test
    void ofManyNoneIsPreparedTwice() {
        preparation = () -> new Prepared.Ready(Payload.freeForm(content(), rule -> List.of()));
        String item = "{\"type\":\"messages\",\"attributes\":{\"sendBy\":\"John\",\"messageThreadId\":\"" + thread
                + "\",\"payload\":{\"type\":\"fetched\"}}}";
        String body = "{\"data\":[" + String.join(",", Collections.nCopies(20, item)) + "]}";
        HttpResponse<String> first = server.send(A, "POST", MessagesServer.MESSAGES + "/bulk", body, KEY, "many");
        server.db.run(
                "update kept_answers set status = null, body = null, resource_ids = null, lease_until = parley_now()");
        HttpResponse<String> again = server.send(A, "POST", MessagesServer.MESSAGES + "/bulk", body, KEY, "many");
        assertThat(json(again).at("/meta/results"))
                .hasSize(20)
                .isEqualTo(json(first).at("/meta/results"));
        assertThat(PREPARED).hasValue(20);
        preparation = () ->
                new Prepared.Not(new WriteResult.Busy(ProblemCode.OVERLOADED, "Later.", Duration.ofSeconds(1), null));
        assertThat(json(server.send(A, "POST", MessagesServer.MESSAGES + "/bulk", body))
                        .at("/meta/results/19/status")
                        .asInt())
                .isEqualTo(503);
    }

    private static HttpResponse<String> post(String key, String sendBy) {
        String body = MessagesServer.document("\"sendBy\":\"" + sendBy + "\",\"messageThreadId\":\"" + thread
                + "\",\"payload\":{\"type\":\"fetched\"}");
        return server.post(body, KEY, key);
    }

    private static ObjectNode content() {
        return Json.MAPPER.createObjectNode().put("type", "fetched");
    }

    private static final class Fetched implements PayloadKind {
        @Override
        public String type() {
            return "fetched";
        }

        @Override
        public Content content(JsonNode stored) {
            return new Content.Text("fetched");
        }

        @Override
        public Parsed read(ObjectNode payload, String pointer) {
            return new Parsed.Value(new Payload(
                    PreparedIdempotencyTest.content(), true, rule -> List.of(), List.of(), (organization, to) -> {
                        PREPARED.incrementAndGet();
                        return preparation.get();
                    }));
        }
    }
}
