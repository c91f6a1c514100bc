package dev.parley.server.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.server.platform.json.Json;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** {@code POST /operations} of the whole server, each test with an organization of its own. */
@NullUnmarked
class OperationsTest {

    private static final String PARTNER = "pp_operations-token-012345678";
    private static final String ATOMIC = "application/vnd.api+json; ext=\"https://jsonapi.org/ext/atomic\"";
    private static final String ADD_CANDIDATE = """
            {"op":"add","data":{"type":"candidates","lid":"ada","attributes":{"phone":"%s"}}}""";
    private static final String ADD_THREAD = """
            {"op":"add","href":"/public/v2/message-threads","data":{"type":"messageThreads","attributes":
            {"channel":"whatsapp","identifier":"%s"},
            "relationships":{"candidate":{"data":{"type":"candidates","lid":"ada"}}}}}""";

    private static RunningServer server;

    private String token;
    private String organization;

    @BeforeAll
    static void start(@TempDir Path folder) {
        server = new RunningServer(folder.resolve("data"), PARTNER, Map.of("limits.operations", "5"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void organization() {
        JsonNode made = server.make("/management/organizations", PARTNER, "organizations", Map.of("name", "Own"));
        token = made.at("/attributes/token").stringValue();
        organization = made.path("id").stringValue();
    }

    private HttpResponse<String> post(String contentType, String body, String... more) {
        List<String> headers =
                new ArrayList<>(List.of("Authorization", "Bearer " + token, "Content-Type", contentType));
        headers.addAll(List.of(more));
        return server.raw("POST", "/public/v2/operations", body, headers.toArray(String[]::new));
    }

    private HttpResponse<String> operations(String... operations) {
        return post(ATOMIC, document(operations));
    }

    private static String document(String... operations) {
        return "{\"atomic:operations\":[" + String.join(",", operations) + "]}";
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return Json.MAPPER.readTree(answer.body());
    }

    private static List<String> errors(HttpResponse<String> answer) {
        List<String> errors = new ArrayList<>();
        for (JsonNode error : json(answer).path("errors")) {
            errors.add(
                    error.path("status").asString() + " " + error.path("code").asString() + " "
                            + error.at("/source/pointer").asString());
        }
        return errors;
    }

    private String count(String of) throws Exception {
        return server.query("select count(*) from " + of + " where organization_id = '" + organization + "'");
    }

    private String candidate(String phone) {
        return server.make("/candidates", token, "candidates", Map.of("phone", phone))
                .path("id")
                .stringValue();
    }

    @Test
    void allOfThemAreDoneAndNameEachOther() throws Exception {
        String old = candidate("1");
        HttpResponse<String> answer = operations(
                ADD_CANDIDATE.formatted("2"),
                ADD_THREAD.formatted("31600000001"),
                "{\"op\":\"update\",\"ref\":{\"type\":\"candidates\",\"lid\":\"ada\"},\"data\":{\"type\":\"candidates\",\"attributes\":{\"firstName\":\"Ada\",\"createdAt\":null}}}",
                "{\"op\":\"remove\",\"href\":\"/candidates/" + old + "\"}",
                "{\"op\":\"add\",\"data\":{\"type\":\"webhooks\",\"attributes\":{\"resource\":\"messages\",\"event\":\"create\",\"webhookUrl\":\"https://127.0.0.1/x\"}}}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue(ATOMIC);
        JsonNode results = json(answer).path("atomic:results");
        assertThat(json(answer).at("/jsonapi/ext/0").asString()).isEqualTo("https://jsonapi.org/ext/atomic");
        assertThat(results).hasSize(5);
        String ada = results.at("/0/data/id").asString();
        assertThat(results.at("/1/data/attributes/candidateId").asString()).isEqualTo(ada);
        assertThat(results.at("/2/data/attributes/firstName").asString()).isEqualTo("Ada");
        assertThat(results.at("/2/meta/ignored/0").asString()).isEqualTo("createdAt");
        assertThat(results.get(3).isEmpty()).isTrue();
        assertThat(results.at("/4/data/type").asString()).isEqualTo("webhooks");
        assertThat(server.api("GET", "/candidates/" + old, token, null).statusCode())
                .isEqualTo(404);
        assertThat(server.attributes("/candidates/" + ada, token).path("phone").asString())
                .isEqualTo("2");
    }

    @Test
    void whenOneFailsNothingIsDone() throws Exception {
        String taken = candidate("1");
        HttpResponse<String> answer = operations(
                ADD_CANDIDATE.formatted("2"),
                "{\"op\":\"add\",\"data\":{\"type\":\"candidates\",\"id\":\"" + taken
                        + "\",\"attributes\":{\"phone\":\"3\"}}}",
                ADD_THREAD.formatted("31600000002"));
        assertThat(errors(answer)).containsExactly("409 id_taken /atomic:operations/1/data/id");
        assertThat(answer.headers().firstValue("Content-Type")).hasValue(ATOMIC);
        assertThat(List.of(count("candidates"), count("threads"))).containsExactly("1", "0");
        assertThat(server.query("select count(*) from events where resource_type = 'candidates' and organization_id = '"
                        + organization + "'"))
                .isEqualTo("1");
    }

    @Test
    void everythingThatIsWrongIsNamedAtOnce() {
        HttpResponse<String> answer = operations(
                "{\"op\":\"add\",\"data\":{\"type\":\"candidates\",\"attributes\":{\"phoney\":\"1\"}}}",
                "{\"op\":\"update\",\"ref\":{\"type\":\"candidates\",\"id\":\"" + UUID.randomUUID()
                        + "\",\"relationship\":\"candidateStatus\"},\"data\":{\"type\":\"candidates\",\"id\":\"x\"}}",
                "{\"op\":\"remove\",\"ref\":{\"type\":\"candidates\",\"lid\":\"nobody\"}}");
        assertThat(errors(answer))
                .containsExactlyInAnyOrder(
                        "422 unknown_attribute /atomic:operations/0/data/attributes/phoney",
                        "422 missing_member /atomic:operations/0/data/attributes",
                        "422 invalid_value /atomic:operations/1/data/type",
                        "422 invalid_value /atomic:operations/2");
    }

    @Test
    void aRelationshipToOneCanBeUpdatedAlone() {
        String candidate = candidate("1");
        String status = json(server.api("GET", "/candidate-statuses", token, null))
                .at("/data/0/id")
                .asString();
        HttpResponse<String> answer = operations("{\"op\":\"update\",\"ref\":{\"type\":\"candidates\",\"id\":\""
                + candidate
                + "\",\"relationship\":\"candidateStatus\"},\"data\":{\"type\":\"candidateStatuses\",\"id\":\"" + status
                + "\"}}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(server.attributes("/candidates/" + candidate, token)
                        .path("candidateStatusId")
                        .asString())
                .isEqualTo(status);
        HttpResponse<String> missing =
                operations("{\"op\":\"update\",\"ref\":{\"type\":\"candidates\",\"id\":\"" + candidate
                        + "\",\"relationship\":\"candidateStatus\"},\"data\":{\"type\":\"candidateStatuses\",\"id\":\""
                        + UUID.randomUUID() + "\"}}");
        assertThat(errors(missing)).containsExactly("404 related_not_found /atomic:operations/0/data/id");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'atomic:operations':[]} | 422 invalid_value /atomic:operations",
                "{} | 422 missing_member",
                "{'atomic:operations':[1]} | 422 invalid_value /atomic:operations/0",
                "{'atomic:operations':[{'op':'put'}]} | 422 invalid_value /atomic:operations/0/op",
                "{'atomic:operations':[{'op':'remove'}]} | 422 invalid_value /atomic:operations/0",
                "{'atomic:operations':[{'op':'add','data':{'type':'candidate'}}]} | 422 invalid_value /atomic:operations/0/data",
                "{'atomic:operations':[{'op':'add','data':{'type':'organizations'}}]} | 422 invalid_value /atomic:operations/0/op",
                "{'atomic:operations':[{'op':'add','data':{'type':'messageTemplates'}}]} | 422 invalid_value /atomic:operations/0/data",
                "{'atomic:operations':[{'op':'add'}]} | 422 invalid_value /atomic:operations/0",
                "{'atomic:operations':[{'op':'add','href':'/candidates'}]} | 409 type_mismatch /atomic:operations/0/data",
                "{'atomic:operations':[{'op':'add','href':'/nowhere','data':{}}]} | 422 invalid_value /atomic:operations/0/href",
                "{'atomic:operations':[{'op':'remove','href':'/candidates/1'}]} | 422 invalid_value /atomic:operations/0/href",
                "{'atomic:operations':[{'op':'remove','href':'/x','ref':{}}]} | 422 invalid_value /atomic:operations/0/href",
                "{'atomic:operations':[{'op':'update','ref':{'type':'candidates','id':'01919a1c-7b00-7000-8000-5d1f0f2f9c77'}}]} | 422 missing_member /atomic:operations/0",
                "{'atomic:operations':[{'op':'remove','ref':{'type':'candidates','id':'01919a1c-7b00-7000-8000-5d1f0f2f9c77'}}]} | 404 not_found /atomic:operations/0",
                "{'atomic:operations':[{'op':'remove','ref':{'type':'candidates','id':'1'}}]} | 422 invalid_value /atomic:operations/0/ref",
                "{'atomic:operations':[{'op':'add','data':{'type':'candidates','lid':'a','attributes':{'phone':'1'}}},{'op':'add','data':{'type':'candidates','lid':'a','attributes':{'phone':'1'}}}]} | 422 invalid_value /atomic:operations/1/data/lid"
            })
    void whatIsNoProperOperationIsRefused(String body, String error) throws Exception {
        assertThat(errors(post(ATOMIC, body.replace('\'', '"'))))
                .as(body)
                .containsExactly(error.equals("422 missing_member") ? error + " " : error);
        assertThat(count("candidates")).isEqualTo("0");
    }

    @Test
    void nothingThatIsSentIsAFault() {
        List<String> values = List.of(
                "null",
                "1",
                "\"x\"",
                "[]",
                "[null]",
                "{}",
                "{\"type\":1}",
                "{\"type\":\"candidates\",\"id\":[]}",
                "{\"type\":\"candidates\",\"lid\":{}}",
                "{\"type\":\"candidates\",\"relationships\":[1]}",
                "{\"type\":\"candidates\",\"relationships\":{\"candidateStatus\":5}}",
                "{\"type\":\"candidates\",\"relationships\":{\"candidateStatus\":{\"data\":[[1]]}}}",
                "{\"type\":\"messages\",\"attributes\":{\"payload\":null}}",
                "{\"type\":\"messages\",\"attributes\":[]}");
        List<String> members = List.of("ref", "href", "data", "meta", "x");
        for (String op : List.of("\"add\"", "\"update\"", "\"remove\"", "{}", "null")) {
            for (String member : members) {
                for (String value : values) {
                    for (String more : List.of("", ",\"data\":{\"type\":\"candidates\",\"attributes\":{}}")) {
                        String operation = "{\"op\":" + op + ",\"" + member + "\":" + value + more + "}";
                        HttpResponse<String> answer = operations(operation);
                        assertThat(answer.statusCode()).as(operation).isBetween(400, 422);
                    }
                }
            }
        }
    }

    @Test
    void noMoreThanTheLimit() throws Exception {
        String[] six = IntStream.range(0, 6)
                .mapToObj(i -> "{\"op\":\"add\",\"data\":{\"type\":\"candidates\",\"attributes\":{\"phone\":\"1\"}}}")
                .toArray(String[]::new);
        assertThat(errors(operations(six))).containsExactly("422 invalid_value /atomic:operations");
        assertThat(count("candidates")).isEqualTo("0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/vnd.api+json",
                "application/json",
                "application/vnd.api+json; ext=\"https://jsonapi.org/ext/atomic https://example.org/x\"",
                "application/vnd.api+json; ext=\"https://example.org/x\"",
                ATOMIC + "; charset=utf-8"
            })
    void withoutTheExtensionItIsNotProcessed(String contentType) throws Exception {
        HttpResponse<String> answer = post(contentType, document(ADD_CANDIDATE.formatted("1")));
        assertThat(answer.statusCode()).isEqualTo(415);
        assertThat(json(answer).at("/errors/0/source/header").asString()).isEqualTo("Content-Type");
        assertThat(count("candidates")).isEqualTo("0");
    }

    @Test
    void theExtensionIsOnlyTakenHere() {
        String body = "{\"data\":{\"type\":\"candidates\",\"attributes\":{\"phone\":\"1\"}}}";
        HttpResponse<String> answer = server.raw(
                "POST", "/public/v2/candidates", body, "Authorization", "Bearer " + token, "Content-Type", ATOMIC);
        assertThat(answer.statusCode()).isEqualTo(415);
    }

    @Test
    void aProfileIsIgnoredAndTheAnswerCanBePlain() {
        HttpResponse<String> answer = post(
                ATOMIC + "; profile=\"https://example.org/p\"",
                document(ADD_CANDIDATE.formatted("1")),
                "Accept",
                ATOMIC);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        HttpResponse<String> refused = post(
                ATOMIC, document(ADD_CANDIDATE.formatted("1")), "Accept", "application/vnd.api+json; ext=\"urn:x\"");
        assertThat(refused.statusCode()).isEqualTo(406);
    }

    @Test
    void aRepeatedRequestIsDoneOnceAndARefusalIsKept() throws Exception {
        String good = document(ADD_CANDIDATE.formatted("1"), ADD_THREAD.formatted("31600000003"));
        HttpResponse<String> first = post(ATOMIC, good, "Idempotency-Key", "k");
        HttpResponse<String> again = post(ATOMIC, good, "Idempotency-Key", "k");
        assertThat(first.statusCode()).as(first.body()).isEqualTo(200);
        assertThat(json(again)).isEqualTo(json(first));
        assertThat(again.headers().firstValue("Idempotency-Replayed")).hasValue("true");
        assertThat(again.headers().firstValue("Content-Type")).hasValue(ATOMIC);
        String taken = candidate("9");
        String bad = document(
                ADD_CANDIDATE.formatted("2"),
                "{\"op\":\"add\",\"data\":{\"type\":\"candidates\",\"id\":\"" + taken
                        + "\",\"attributes\":{\"phone\":\"3\"}}}");
        assertThat(post(ATOMIC, bad, "Idempotency-Key", "l").statusCode()).isEqualTo(409);
        HttpResponse<String> kept = post(ATOMIC, bad, "Idempotency-Key", "l");
        assertThat(kept.statusCode()).isEqualTo(409);
        assertThat(kept.headers().firstValue("Idempotency-Replayed")).hasValue("true");
        assertThat(count("candidates")).as("the second of both was undone").isEqualTo("2");
    }

    private static String message(String thread, String text, String more) {
        return "{\"op\":\"add\",\"data\":{\"type\":\"messages\"" + more
                + ",\"attributes\":{\"sendBy\":\"John\",\"payload\":{\"type\":\"text\",\"text\":{\"value\":\"" + text
                + "\"}}},\"relationships\":{\"messageThread\":{\"data\":{\"type\":\"messageThreads\"," + thread
                + "}}}}}";
    }

    private void webAccount() {
        server.make(
                "/channel-accounts",
                token,
                "channelAccounts",
                Map.of(
                        "channel",
                        "web",
                        "provider",
                        "web",
                        "name",
                        "Web",
                        "settings",
                        Map.of("secret", "0123456789abcdef")));
    }

    private static final String WEB_THREAD = "{\"op\":\"add\",\"data\":{\"type\":\"messageThreads\",\"lid\":\"t\","
            + "\"attributes\":{\"channel\":\"web\",\"identifier\":\"visitor-1\"}}}";

    @Test
    void messagesArePartOfItAndAreSentOnceItIsCommitted() throws Exception {
        webAccount();
        HttpResponse<String> answer = operations(message("\"lid\":\"t\"", "too early", ""), WEB_THREAD);
        assertThat(errors(answer))
                .containsExactly("422 invalid_value /atomic:operations/0/data/relationships/messageThread/data/lid");
        HttpResponse<String> done = operations(
                WEB_THREAD,
                message("\"lid\":\"t\"", "one", ""),
                message("\"lid\":\"t\"", "two", ""),
                ADD_CANDIDATE.formatted("1"));
        assertThat(done.statusCode()).as(done.body()).isEqualTo(200);
        JsonNode results = json(done).path("atomic:results");
        assertThat(results.at("/1/data/attributes/payload/text/value").asString())
                .isEqualTo("one");
        assertThat(results.at("/3/data/type").asString()).isEqualTo("candidates");
        String rename = "{\"op\":\"update\",\"data\":{\"type\":\"messages\",\"id\":\""
                + results.at("/1/data/id").asString() + "\",\"attributes\":{\"sendBy\":\"Jane\"}}}";
        assertThat(post(ATOMIC, document(rename), "If-Match", "\"0.x\"").statusCode())
                .as("a header can't mean one of several")
                .isEqualTo(200);
        String thread = results.at("/0/data/id").asString();
        assertThat(server.query(
                        "select string_agg(payload->'text'->>'value', ',' order by seq) from messages where thread_id = '"
                                + thread + "'"))
                .isEqualTo("one,two");
        await().until(() -> server.query(
                        "select count(*) from messages where thread_id = '" + thread + "' and phase = 'done'")
                .equals("2"));
    }

    @Test
    void aMessageThatIsRefusedUndoesTheRest() throws Exception {
        webAccount();
        String id = UUID.randomUUID().toString();
        HttpResponse<String> answer = operations(
                WEB_THREAD,
                message("\"lid\":\"t\"", "one", ",\"id\":\"" + id + "\""),
                message("\"lid\":\"t\"", "two", ",\"id\":\"" + id + "\""));
        assertThat(errors(answer)).containsExactly("409 id_taken /atomic:operations/2/data/id");
        HttpResponse<String> nowhere =
                operations(ADD_CANDIDATE.formatted("1"), message("\"id\":\"" + id + "\"", "one", ""));
        assertThat(errors(nowhere))
                .containsExactly("404 related_not_found /atomic:operations/1/data/relationships/messageThread/data/id");
        assertThat(List.of(count("threads"), count("messages"), count("candidates"), count("thread_dispatch")))
                .containsOnly("0");
        assertThat(server.query(
                        "select count(*) from events where resource_type in ('messages', 'candidates') and organization_id = '"
                                + organization + "'"))
                .isEqualTo("0");
    }

    @Test
    void whoMeetsInTheMiddleBothGetThrough() throws Exception {
        String a = candidate("a");
        String b = candidate("b");
        List<CompletableFuture<HttpResponse<String>>> both = new ArrayList<>();
        for (int round = 0; round < 6; round++) {
            String first = round % 2 == 0 ? a : b;
            String second = round % 2 == 0 ? b : a;
            String phone = "new " + round;
            both.add(CompletableFuture.supplyAsync(() -> operations(rename(first, phone), rename(second, phone))));
        }
        assertThat(both)
                .allSatisfy(one -> assertThat(one.join().statusCode())
                        .as(one.join().body())
                        .isEqualTo(200));
        assertThat(server.query(
                        "select count(distinct phone) from candidates where organization_id = '" + organization + "'"))
                .as("each was done whole")
                .isEqualTo("1");
    }

    private static String rename(String id, String phone) {
        return "{\"op\":\"update\",\"ref\":{\"type\":\"candidates\",\"id\":\"" + id
                + "\"},\"data\":{\"type\":\"candidates\",\"attributes\":{\"phone\":\"" + phone + "\"}}}";
    }
}
