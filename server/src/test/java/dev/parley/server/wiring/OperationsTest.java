package dev.parley.server.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** {@code POST /operations} of the whole server. */
@NullUnmarked
class OperationsTest extends OperationsCase {

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
    void eachNeedsTheScopeThatItNeedsAlone() throws Exception {
        String webhook =
                "{\"op\":\"add\",\"data\":{\"type\":\"webhooks\",\"attributes\":{\"resource\":\"messages\",\"event\":\"create\",\"webhookUrl\":\"https://127.0.0.1/x\"}}}";
        HttpResponse<String> made = server.api(
                "POST",
                "/tokens",
                token,
                "{\"data\":{\"type\":\"tokens\",\"attributes\":{\"name\":\"daily\",\"scopes\":[\"send\"]}}}");
        token = json(made).at("/data/attributes/token").asString();
        HttpResponse<String> answer = operations(ADD_CANDIDATE.formatted("2"), webhook);
        assertThat(errors(answer)).containsExactly("403 scope_missing /atomic:operations/1");
        assertThat(count("candidates")).isEqualTo("0");
        assertThat(operations(ADD_CANDIDATE.formatted("2")).statusCode()).isEqualTo(200);
    }

    @Test
    void aRelationshipToManyNamesWhatWasAddedBefore() throws Exception {
        String user = """
                {"op":"add","data":{"type":"users","attributes":{"firstName":"A","lastName":"B"},"relationships":{"candidates":
                {"data":[{"type":"candidates","lid":"ada"},{"type":"candidates","id":"%s"}]}}}}""";
        HttpResponse<String> both = operations(ADD_CANDIDATE.formatted("1"), user.formatted(candidate("2")));
        assertThat(both.statusCode()).as(both.body()).isEqualTo(200);
        assertThat(count("user_candidates")).isEqualTo("2");
        assertThat(errors(operations(ADD_CANDIDATE.formatted("3"), user.formatted(UUID.randomUUID()))))
                .containsExactly("404 related_not_found /atomic:operations/1/data/relationships/candidates/data/1/id");
        assertThat(count("candidates")).isEqualTo("2");
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
