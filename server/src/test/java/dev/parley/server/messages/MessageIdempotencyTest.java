package dev.parley.server.messages;

import static dev.parley.server.messages.MessagesServer.A;
import static dev.parley.server.messages.MessagesServer.errors;
import static dev.parley.server.messages.MessagesServer.json;
import static dev.parley.server.messages.MessagesServer.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.server.platform.db.GroupLimits;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

@NullUnmarked
class MessageIdempotencyTest extends MessagesCase {

    private static final String KEY = "Idempotency-Key";
    private static final String REPLAYED = "Idempotency-Replayed";

    @Test
    void theFirstAnswerComesAgain() {
        String body = text(thread, "x", ",\"deliveryStatus\":\"read\"");
        HttpResponse<String> first = server.post(body, KEY, "\"k\"");
        HttpResponse<String> again = server.send(A, "POST", MessagesServer.MESSAGES + "/", body, KEY, "k");
        assertThat(first.headers().firstValue(REPLAYED)).isEmpty();
        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(again.headers().firstValue(REPLAYED)).hasValue("true");
        assertThat(again.headers().firstValue("Location"))
                .isEqualTo(first.headers().firstValue("Location"));
        assertThat(json(again)).isEqualTo(json(first));
        String id = json(first).at("/data/id").stringValue();
        server.patch(id, "\"sendBy\":\"Jane\"");
        assertThat(json(server.post(body, KEY, "k"))).as("as it was then").isEqualTo(json(first));
        assertThat(db.rows("select 1 from messages")).hasSize(1);
    }

    @Test
    void anotherBodyIsRefusedAndARefusalIsKept() {
        UUID silent = db.thread(A, "sms");
        server.post(text(thread, "x", ""), KEY, "k");
        assertThat(errors(server.post(text(thread, "y", ""), KEY, "k")))
                .containsExactly("422 idempotency_key_reused " + KEY);
        HttpResponse<String> refused = server.post(text(silent, "x", ""), KEY, "l");
        assertThat(refused.headers().firstValue(REPLAYED)).isEmpty();
        db.account(A, "sms", true);
        HttpResponse<String> again = server.post(text(silent, "x", ""), KEY, "l");
        assertThat(errors(again)).containsExactly("422 no_channel_account /data/attributes/messageThreadId");
        assertThat(again.headers().firstValue(REPLAYED)).hasValue("true");
        UUID later = UUID.randomUUID();
        assertThat(server.post(text(later, "x", ""), KEY, "m").statusCode()).isEqualTo(404);
        assertThat(server.post(text(thread, "x", ""), KEY, "m").statusCode()).isEqualTo(201);
    }

    @Test
    void aDeletedMessageIsNotShownAgainNorSentAgain() {
        String body = text(thread, "x", "");
        String id = json(server.post(body, KEY, "k")).at("/data/id").stringValue();
        server.delete(id);
        HttpResponse<String> again = server.post(body, KEY, "k");
        assertThat(errors(again)).containsExactly("404 not_found");
        assertThat(again.headers().firstValue(REPLAYED)).hasValue("true");
        assertThat(db.rows("select 1 from messages")).hasSize(1);
        assertThat(db.rows("select 1 from idempotency_keys where state is not null"))
                .isEmpty();
    }

    @Test
    void theFirstIsStillUnderWay() throws Exception {
        try (Connection blocker = blocked(server);
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<HttpResponse<String>> first = callers.submit(() -> server.post(text(thread, "x", ""), KEY, "k"));
            await().until(() -> db.number("select count(*) from pg_locks where not granted") > 0);
            assertThat(errors(server.post(text(thread, "x", ""), KEY, "k")))
                    .containsExactly("409 idempotency_key_in_use " + KEY);
            blocker.rollback();
            assertThat(first.get().statusCode()).isEqualTo(201);
        }
    }

    @Test
    void fullQueuesAreToldWithATimeToComeAgain() throws Exception {
        try (MessagesServer small =
                        new MessagesServer(new GroupLimits(1, GroupLimits.BYTES, 1, 2, Duration.ofSeconds(2)));
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            UUID web = small.db.webThread(A);
            UUID foreign = small.db.webThread(MessagesServer.B);
            List<Future<HttpResponse<String>>> waiting = new ArrayList<>();
            try (Connection blocker = blocked(small)) {
                waiting.add(callers.submit(() -> small.post(text(web, "x", ""))));
                await().until(() -> small.db.number("select count(*) from pg_locks where not granted") > 0);
                waiting.add(callers.submit(() -> small.post(text(web, "x", ""))));
                await().until(() -> small.queued() == 1);
                HttpResponse<String> own = small.post(text(web, "x", ""));
                assertThat(errors(own)).containsExactly("429 queue_full");
                assertThat(own.headers().firstValue("Retry-After")).hasValue("1");
                waiting.add(callers.submit(
                        () -> small.send(MessagesServer.B, "POST", MessagesServer.MESSAGES, text(foreign, "x", ""))));
                await().until(() -> small.queued() == 2);
                UUID third = UUID.randomUUID();
                HttpResponse<String> all = small.send(third, "POST", MessagesServer.MESSAGES, text(foreign, "x", ""));
                assertThat(errors(all)).containsExactly("503 overloaded");
                assertThat(all.headers().firstValue("Retry-After")).hasValue("1");
                for (Future<HttpResponse<String>> behind : waiting.subList(1, 3)) {
                    assertThat(errors(behind.get())).as("waited too long").containsExactly("503 overloaded");
                }
                blocker.rollback();
            }
            assertThat(waiting.get(0).get().statusCode()).isEqualTo(201);
            assertThat(small.db.rows("select 1 from messages"))
                    .as("who was refused is not stored")
                    .hasSize(1);
        }
    }

    private static Connection blocked(MessagesServer server) throws Exception {
        Connection blocker = server.db.database.connection();
        blocker.setAutoCommit(false);
        blocker.createStatement().execute("select 1 from thread_dispatch for update");
        return blocker;
    }
}
