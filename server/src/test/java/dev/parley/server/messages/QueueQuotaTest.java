package dev.parley.server.messages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.platform.quota.Quota;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** How many messages of an organization may be accepted and not handed over. */
@NullUnmarked
final class QueueQuotaTest {

    private MessagesServer server;
    private UUID thread;

    @BeforeEach
    void start() throws Exception {
        server = new MessagesServer(5);
        thread = server.db.webThread(MessagesServer.A);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void refusesWhatIsBeyondAndTakesMoreWhenSomeAreSent() {
        for (int i = 0; i < 5; i++) {
            server.accepted(thread, "");
        }
        refused();
        cycle();
        refused();
        UUID others = server.db.webThread(MessagesServer.B);
        assertThat(server.send(
                                MessagesServer.B,
                                "POST",
                                MessagesServer.MESSAGES,
                                MessagesServer.text(others, "Hello", ""))
                        .statusCode())
                .isEqualTo(201);
        assertThat(server.queue.fullest()).isEqualTo(1);
        assertThat(server.queue.refused()).isEqualTo(2);

        server.db.run("update thread_dispatch set done_seq = last_seq - 3 where thread_id = ?", thread);
        cycle();
        server.accepted(thread, "");
        server.accepted(thread, "");
        refused();
    }

    @Test
    void countsScheduledOnes() {
        for (int i = 0; i < 5; i++) {
            server.accepted(
                    thread, ",\"scheduledAt\":\"" + server.clock.instant().plus(Duration.ofDays(9)) + "\"");
        }
        refused();
        cycle();
        refused();
        server.db.run("update messages set phase = 'done' where thread_id = ?", thread);
        cycle();
        server.accepted(thread, "");
    }

    @Test
    void givesARepeatedRequestItsFirstAnswer() {
        String body = MessagesServer.text(thread, "Hello", "");
        HttpResponse<String> first = server.post(body, "Idempotency-Key", "one");
        assertThat(first.statusCode()).isEqualTo(201);
        for (int i = 0; i < 4; i++) {
            server.accepted(thread, "");
        }
        refused();
        HttpResponse<String> again = server.post(body, "Idempotency-Key", "one");
        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(again.headers().firstValue("Idempotency-Replayed")).contains("true");

        // A refusal is not kept: the same key is good when there is room.
        assertThat(server.post(body, "Idempotency-Key", "two").statusCode()).isEqualTo(429);
        server.db.run("update thread_dispatch set done_seq = last_seq where thread_id = ?", thread);
        cycle();
        assertThat(server.post(body, "Idempotency-Key", "two").statusCode()).isEqualTo(201);
    }

    @Test
    void letsTheFirstOnesOfManyThrough() {
        server.accepted(thread, "");
        String one = "{\"type\":\"messages\",\"attributes\":{\"sendBy\":\"John\",\"messageThreadId\":\"" + thread
                + "\",\"payload\":{\"type\":\"text\",\"text\":{\"value\":\"Hi\"}}}}";
        HttpResponse<String> bulk = server.send(
                MessagesServer.A,
                "POST",
                MessagesServer.MESSAGES + "/bulk",
                "{\"data\":[" + String.join(",", Collections.nCopies(7, one)) + "]}");
        assertThat(bulk.statusCode()).as(bulk.body()).isEqualTo(200);
        List<String> statuses = new ArrayList<>();
        for (JsonNode result : MessagesServer.json(bulk).at("/meta/results")) {
            statuses.add(result.path("status").asString());
        }
        assertThat(statuses).containsExactly("201", "201", "201", "201", "429", "429", "429");
    }

    @Test
    void seesWhatOtherNodesAcceptedAndHoldsNothingWithoutAReading() {
        Quota other = new Quota(server.db.database, 3, QueueCountStore::waiting, server.nanos::get);
        for (int i = 0; i < 5; i++) {
            server.accepted(thread, "");
        }
        // What it does not know of is over the quota only until it reads.
        assertThat(other.take(MessagesServer.A, 1)).isTrue();
        other.settle(MessagesServer.A, 1, 0);
        other.runOneCycle();
        assertThat(other.take(MessagesServer.A, 1)).isFalse();
        server.nanos.addAndGet(Duration.ofMinutes(2).toNanos());
        assertThat(other.take(MessagesServer.A, 1)).isTrue();
    }

    private void cycle() {
        server.nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        server.queue.runOneCycle();
    }

    private void refused() {
        HttpResponse<String> answer = server.post(MessagesServer.text(thread, "Hello", ""));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(429);
        assertThat(MessagesServer.errors(answer)).containsExactly("429 queue_full");
        assertThat(answer.body()).contains("\"limit\":5");
        assertThat(answer.headers().firstValue("Retry-After")).contains("10");
    }
}
