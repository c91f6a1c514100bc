package dev.parley.server.messages;

import static dev.parley.server.messages.MessagesServer.A;
import static dev.parley.server.messages.MessagesServer.errors;
import static dev.parley.server.messages.MessagesServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.server.platform.db.GroupLimits;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** {@code POST /messages/bulk}. */
@NullUnmarked
class BulkTest extends MessagesCase {

    private static final String BULK = MessagesServer.MESSAGES + "/bulk";
    private static final String KEY = "Idempotency-Key";

    private static String item(UUID thread, String text, String more) {
        return "{\"type\":\"messages\"" + more + ",\"attributes\":{\"sendBy\":\"John\",\"messageThreadId\":\"" + thread
                + "\",\"payload\":{\"type\":\"text\",\"text\":{\"value\":\"" + text + "\"}}}}";
    }

    private static String document(List<String> items) {
        return "{\"data\":[" + String.join(",", items) + "]}";
    }

    private String texts(UUID to, int count) {
        return document(IntStream.range(0, count)
                .mapToObj(i -> item(to, "text " + i, ""))
                .toList());
    }

    private HttpResponse<String> bulk(String body, String... headers) {
        return server.send(A, "POST", BULK, body, headers);
    }

    private static JsonNode results(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json(answer).at("/meta/results");
    }

    private static List<Integer> statuses(JsonNode results) {
        List<Integer> statuses = new ArrayList<>();
        results.forEach(result -> statuses.add(result.path("status").asInt()));
        return statuses;
    }

    private List<String> stored() {
        return db.rows("select payload->'text'->>'value' as text from messages order by seq").stream()
                .map(row -> (String) row.get("text"))
                .toList();
    }

    @Test
    void eachHasItsOwnResultInOrder() {
        UUID silent = db.thread(A, "sms");
        String id = UUID.randomUUID().toString();
        JsonNode results = results(bulk(document(List.of(
                item(thread, "one", ""),
                item(thread, "two", "").replace("sendBy", "sentBy"),
                item(UUID.randomUUID(), "three", ""),
                item(silent, "four", ""),
                item(thread, "five", ",\"id\":\"" + id + "\""),
                item(thread, "six", ",\"id\":\"" + id + "\""),
                "7",
                item(thread, "eight", "").replace("messages", "message"),
                item(thread, "nine", "").replace("\"sendBy\"", "\"createdAt\":null,\"sendBy\"")))));
        assertThat(statuses(results)).containsExactly(201, 422, 404, 422, 201, 409, 422, 409, 201);
        assertThat(results.at("/0/data/attributes/payload/text/value").asString())
                .isEqualTo("one");
        assertThat(results.at("/0/data/links/self").isMissingNode())
                .isEqualTo(json(server.post(item(thread, "x", "").transform(one -> "{\"data\":" + one + "}")))
                        .at("/data/links/self")
                        .isMissingNode());
        List<String> pointers = new ArrayList<>();
        results.forEach(result -> result.path("errors")
                .forEach(error -> pointers.add(error.path("code").asString() + " "
                        + error.at("/source/pointer").asString())));
        assertThat(pointers)
                .containsExactly(
                        "unknown_attribute /data/1/attributes/sentBy",
                        "missing_member /data/1/attributes",
                        "related_not_found /data/2/attributes/messageThreadId",
                        "no_channel_account /data/3/attributes/messageThreadId",
                        "id_taken /data/5/id",
                        "invalid_value /data/6",
                        "type_mismatch /data/7/type");
        assertThat(results.at("/4/data/id").asString()).isEqualTo(id);
        assertThat(results.at("/8/meta/ignored/0").asString()).isEqualTo("createdAt");
        assertThat(stored()).containsExactly("one", "five", "nine", "x");
    }

    @Test
    void manyKeepTheirOrderAndMakeWayForOthers() {
        UUID second = db.webThread(A);
        List<String> items = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            items.add(item(i % 3 == 0 ? second : thread, "text " + i, ""));
            if (i % 3 != 0) {
                expected.add("text " + i);
            }
        }
        assertThat(statuses(results(bulk(document(items))))).hasSize(1000).containsOnly(201);
        assertThat(db.rows(
                        "select payload->'text'->>'value' as text from messages where thread_id = ? order by seq",
                        thread))
                .extracting(row -> row.get("text"))
                .containsExactlyElementsOf(expected);
        assertThat(db.number("select count(*) from messages where lane = " + SubmitCommand.BULK))
                .isEqualTo(1000);
        assertThat(db.number("select count(*) from events where event = 'create'"))
                .isEqualTo(1000);
        assertThat(db.number("select count(*) from thread_dispatch where lane = " + SubmitCommand.BULK))
                .isEqualTo(2);
    }

    @Test
    void aRepeatedRequestHasTheSameResults() {
        String body = document(List.of(item(thread, "one", ""), item(UUID.randomUUID(), "two", "")));
        HttpResponse<String> first = bulk(body, KEY, "k");
        HttpResponse<String> again = bulk(body, KEY, "k");
        assertThat(statuses(results(first))).containsExactly(201, 404);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.headers().firstValue("Idempotency-Replayed")).hasValue("true");
        assertThat(errors(bulk(texts(thread, 1), KEY, "k"))).containsExactly("422 idempotency_key_reused " + KEY);
        assertThat(stored()).containsExactly("one");
    }

    @Test
    void whoRepeatsWhatWasCutOffSendsWhatIsMissingAndNothingTwice() {
        String body = texts(thread, 300);
        JsonNode first = results(bulk(body, KEY, "k"));
        // As a node leaves it that is killed after it accepted some.
        db.run("delete from messages where seq > 140");
        db.run("delete from idempotency_keys k where not exists (select from messages m where m.id = k.message_id)");
        db.run("update thread_dispatch set last_seq = 140");
        db.run("update kept_answers set status = null, body = null, resource_ids = null, lease_until = parley_now()");
        JsonNode again = results(bulk(body, KEY, "k"));
        assertThat(statuses(again)).hasSize(300).containsOnly(201);
        for (int i = 0; i < 140; i++) {
            assertThat(again.get(i)).isEqualTo(first.get(i));
        }
        assertThat(stored())
                .containsExactlyElementsOf(
                        IntStream.range(0, 300).mapToObj(i -> "text " + i).toList());
    }

    @Test
    void aMessageThatIsDeletedIsInNoKeptAnswer() {
        String body = texts(thread, 2);
        String id = results(bulk(body, KEY, "k")).at("/0/data/id").asString();
        server.delete(id);
        assertThat(db.rows("select 1 from kept_answers")).isEmpty();
        JsonNode again = results(bulk(body, KEY, "k"));
        assertThat(statuses(again)).containsExactly(404, 201);
        assertThat(db.number("select count(*) from messages")).isEqualTo(2);
    }

    @Test
    void whatFindsAFullQueueIsRefusedAloneAndTheRestGoesOn() throws Exception {
        try (MessagesServer small =
                new MessagesServer(new GroupLimits(2, GroupLimits.BYTES, 5, 10, Duration.ofSeconds(30)))) {
            UUID web = small.db.webThread(A);
            CompletableFuture<HttpResponse<String>> many;
            try (Connection blocker = small.db.database.connection()) {
                blocker.setAutoCommit(false);
                blocker.createStatement().execute("select 1 from thread_dispatch for update");
                CompletableFuture<HttpResponse<String>> before = CompletableFuture.supplyAsync(
                        () -> small.send(A, "POST", BULK, document(List.of(item(web, "before", "")))));
                await().until(() -> small.db.number("select count(*) from pg_locks where not granted") > 0);
                many = CompletableFuture.supplyAsync(() -> small.send(A, "POST", BULK, texts(web, 8), KEY, "k"));
                await().until(() -> small.queued() == 5);
                blocker.rollback();
                before.join();
            }
            JsonNode results = results(many.join());
            assertThat(statuses(results))
                    .startsWith(201, 201, 201, 201, 201)
                    .hasSize(8)
                    .contains(429);
            assertThat(results.at("/7/errors/0/code").asString()).isEqualTo("queue_full");
            assertThat(small.db.number("select count(*) from messages"))
                    .isEqualTo(
                            1 + statuses(results).stream().filter(s -> s == 201).count());
            // Whoever repeats the request has the rest sent, and nothing twice.
            JsonNode again = results(small.send(A, "POST", BULK, texts(web, 8), KEY, "k"));
            assertThat(again.at("/0/data/id")).isEqualTo(results.at("/0/data/id"));
            assertThat(statuses(again)).hasSize(8).containsOnly(201);
            assertThat(small.db.number("select count(*) from messages")).isEqualTo(9);
            HttpResponse<String> whole = small.send(A, "POST", BULK, texts(web, 8), KEY, "k");
            assertThat(whole.headers().firstValue("Idempotency-Replayed")).hasValue("true");
            assertThat(results(whole)).isEqualTo(again);
        }
    }

    @Test
    void whatWentWrongHereIsDoneWhenTheRequestIsRepeated() {
        db.run("create function fail() returns trigger language plpgsql as $$ begin raise exception 'no'; end $$");
        db.run("create trigger fail before insert on messages for each row"
                + " when (new.payload->'text'->>'value' = 'text 1') execute function fail()");
        JsonNode first = results(bulk(texts(thread, 3), KEY, "k"));
        assertThat(statuses(first)).containsExactly(201, 500, 201);
        db.run("drop trigger fail on messages");
        JsonNode again = results(bulk(texts(thread, 3), KEY, "k"));
        assertThat(statuses(again)).containsExactly(201, 201, 201);
        assertThat(again.get(0)).isEqualTo(first.get(0));
        assertThat(again.get(2)).isEqualTo(first.get(2));
        assertThat(stored()).containsExactly("text 0", "text 2", "text 1");
    }

    @Test
    void whatIsNoListOfMessagesIsRefusedWhole() {
        for (Map.Entry<String, String> refused : Map.of(
                        "{}",
                        "422 missing_member ",
                        "{\"data\":{}}",
                        "422 invalid_value /data",
                        "{\"data\":[]}",
                        "422 invalid_value /data",
                        "{\"date\":[],\"data\":[1]}",
                        "422 unknown_attribute /date",
                        texts(thread, 1001),
                        "422 invalid_value /data",
                        "[",
                        "400 malformed_json")
                .entrySet()) {
            assertThat(errors(bulk(refused.getKey()))).containsExactly(refused.getValue());
        }
        assertThat(errors(server.send(A, "POST", BULK + "?include=messageThread", texts(thread, 1))))
                .containsExactly("400 unknown_query_parameter include");
        assertThat(stored()).isEmpty();
    }
}
