package dev.parley.server.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.openapi.OpenApiDocument;
import dev.parley.server.platform.json.Json;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** {@code fields[…]} as the whole server answers it. */
@NullUnmarked
class FieldsTest {

    private static final String PARTNER = "pp_fields-token-0123456789";

    private static RunningServer server;
    private static String token;
    private static String candidate;
    private static String thread;

    @BeforeAll
    static void start(@TempDir Path folder) {
        server = new RunningServer(folder.resolve("data"), PARTNER);
        token = server.make(
                        "/management/organizations",
                        PARTNER,
                        "organizations",
                        Map.of(
                                "name",
                                "Own",
                                "webhookUrl",
                                "https://hooks.example.com/x",
                                "webhookSecret",
                                "s3cr3t-value"))
                .at("/attributes/token")
                .stringValue();
        candidate = server.make("/candidates", token, "candidates", Map.of("phone", "31600000001", "firstName", "Ada"))
                .path("id")
                .stringValue();
        thread = server.make(
                        "/message-threads",
                        token,
                        "messageThreads",
                        Map.of("channel", "whatsapp", "identifier", "31600000001", "candidateId", candidate))
                .path("id")
                .stringValue();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static HttpResponse<String> call(String method, String path, String body, String... headers) {
        String[] all = new String[headers.length + 4];
        all[0] = "Authorization";
        all[1] = "Bearer " + token;
        all[2] = "Content-Type";
        all[3] = "application/vnd.api+json";
        System.arraycopy(headers, 0, all, 4, headers.length);
        return server.raw(method, "/public/v2" + path.replace("[", "%5B").replace("]", "%5D"), body, all);
    }

    private static JsonNode get(String path) {
        HttpResponse<String> answer = call("GET", path, null);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Json.MAPPER.readTree(answer.body());
    }

    private static List<String> names(JsonNode object) {
        return List.copyOf(object.propertyNames());
    }

    private static String write(String id, Map<String, ?> attributes) {
        return Json.text(Map.of(
                "data",
                id == null
                        ? Map.of("type", "candidates", "attributes", attributes)
                        : Map.of("type", "candidates", "id", id, "attributes", attributes)));
    }

    @Test
    void showsTheFieldsOfOneThatWereAskedFor() {
        JsonNode whole = get("/message-threads/" + thread).get("data");
        JsonNode data = get("/message-threads/" + thread + "?fields[messageThreads]=identifier,candidate")
                .get("data");
        assertThat(names(data)).isEqualTo(names(whole));
        assertThat(names(data.get("attributes"))).containsExactly("identifier");
        assertThat(names(data.get("relationships"))).containsExactly("candidate");
        for (String same : List.of("type", "id", "links")) {
            assertThat(data.get(same)).isEqualTo(whole.get(same));
        }
        assertThat(data.at("/attributes/identifier")).isEqualTo(whole.at("/attributes/identifier"));
        assertThat(data.at("/relationships/candidate")).isEqualTo(whole.at("/relationships/candidate"));
    }

    @Test
    void anEmptyValueShowsNone() {
        JsonNode data = get("/candidates/" + candidate + "?fields[candidates]=").get("data");
        assertThat(data.get("attributes").toString()).isEqualTo("{}");
        assertThat(data.get("relationships").toString()).isEqualTo("{}");
        assertThat(data.get("id").stringValue()).isEqualTo(candidate);
    }

    @Test
    void aListAndWhatItIncludesEachByItsType() {
        JsonNode page = get("/message-threads?include=candidate.candidateStatus"
                + "&fields[messageThreads]=candidate&fields[candidates]=firstName");
        assertThat(names(page.at("/data/0/attributes"))).isEmpty();
        assertThat(names(page.at("/data/0/relationships"))).containsExactly("candidate");
        JsonNode included = CompoundDocuments.included(page, "candidates", candidate);
        assertThat(included.get("attributes").toString()).isEqualTo("{\"firstName\":\"Ada\"}");
        assertThat(names(included.get("relationships"))).isEmpty();
        assertThat(page.at("/links/self").stringValue()).contains("fields%5BmessageThreads%5D=candidate");
    }

    @Test
    void whatIsIncludedStaysWithoutTheRelationshipThatLeadsToIt() {
        JsonNode one = get("/message-threads/" + thread + "?include=candidate&fields[messageThreads]=channel");
        assertThat(names(one.at("/data/relationships"))).isEmpty();
        assertThat(CompoundDocuments.included(one, "candidates")).containsExactly(candidate);
        assertThat(one.at("/included/0"))
                .isEqualTo(get("/candidates/" + candidate).get("data"));
    }

    @Test
    void writesAnswerWithThemAndTheirTagsAreAsGoodAsOthers() {
        HttpResponse<String> made =
                call("POST", "/candidates?fields[candidates]=phone", write(null, Map.of("phone", "31600000002")));
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        JsonNode data = Json.MAPPER.readTree(made.body()).get("data");
        assertThat(data.get("attributes").toString()).isEqualTo("{\"phone\":\"31600000002\"}");
        String path = "/candidates/" + data.get("id").stringValue();

        HttpResponse<String> sparse = call("GET", path + "?fields[candidates]=lastName", null);
        String tag = sparse.headers().firstValue("ETag").orElseThrow();
        assertThat(call("GET", path, null).headers().firstValue("ETag").orElseThrow())
                .isNotEqualTo(tag);
        assertThat(call("GET", path + "?fields[candidates]=lastName", null, "If-None-Match", tag)
                        .statusCode())
                .isEqualTo(304);
        assertThat(call("GET", path, null, "If-None-Match", tag).statusCode()).isEqualTo(200);

        String change = write(data.get("id").stringValue(), Map.of("firstName", "Grace"));
        HttpResponse<String> changed = call("PATCH", path + "?fields[candidates]=firstName", change, "If-Match", tag);
        assertThat(changed.statusCode()).as(changed.body()).isEqualTo(200);
        assertThat(Json.MAPPER.readTree(changed.body()).at("/data/attributes").toString())
                .isEqualTo("{\"firstName\":\"Grace\"}");
        assertThat(call("PATCH", path, write(null, Map.of("firstName", "X")), "If-Match", tag)
                        .statusCode())
                .isEqualTo(412);
    }

    @Test
    void aRepeatedRequestGetsItsFirstAnswer() {
        String body = write(null, Map.of("phone", "31600000003"));
        String path = "/candidates?fields[candidates]=phone";
        HttpResponse<String> first = call("POST", path, body, "Idempotency-Key", "fields-1");
        HttpResponse<String> again = call("POST", path, body, "Idempotency-Key", "fields-1");
        assertThat(again.headers().firstValue("Idempotency-Replayed")).contains("true");
        assertThat(Json.MAPPER.readTree(again.body())).isEqualTo(Json.MAPPER.readTree(first.body()));
        HttpResponse<String> other =
                call("POST", "/candidates?fields[candidates]=email", body, "Idempotency-Key", "fields-1");
        assertThat(Json.MAPPER.readTree(other.body())).isEqualTo(Json.MAPPER.readTree(first.body()));
    }

    @Test
    void eventsHoldWholeResources() {
        call("POST", "/candidates?fields[candidates]=", write(null, Map.of("phone", "31600000004")));
        assertThat(get("/events").at("/data").toString()).contains("\"phone\":\"31600000004\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET | /candidates?fields[candidate]=phone | unknown_field | fields[candidate] | Did you mean candidates?",
                "GET | /candidates?fields[messages]=payload | unknown_field | fields[messages] | There are: ",
                "GET | /candidates?fields[candidates]=phone,fristName | unknown_field | fields[candidates] | Did you mean firstName?",
                "GET | /candidates?fields[candidates]=phone, | unknown_field | fields[candidates] | There are: phone",
                "GET | /candidates?fields[candidates]=phone&fields[candidates]=email | invalid_query_parameter | fields[candidates] | once",
                "GET | /candidates?fields[candidates]=id | unknown_field | fields[candidates] | no field id",
                "POST | /candidates?fields[candidates]=nope | unknown_field | fields[candidates] | no field nope",
                "DELETE | /candidates/01919a1c-0001-7c11-8a44-1f2e3d4c5b6a?fields[candidates]=phone | unknown_query_parameter | fields[candidates] | leave fields out",
            })
    void refusesByNameWhatThereIsNot(String method, String path, String code, String parameter, String detail) {
        String body = method.equals("POST") ? write(null, Map.of("phone", "31600000005")) : null;
        HttpResponse<String> answer = call(method, path, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        JsonNode errors = Json.MAPPER.readTree(answer.body()).get("errors");
        assertThat(errors).hasSize(1);
        assertThat(errors.at("/0/code").stringValue()).isEqualTo(code);
        assertThat(errors.at("/0/source/parameter").stringValue()).isEqualTo(parameter);
        assertThat(errors.at("/0/detail").stringValue()).contains(detail);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/messages", "/message-threads", "/candidates", "/candidate-statuses", "/message-templates",
                "/channel-accounts", "/tokens", "/webhooks", "/webhook-logs", "/organizations"
            })
    void theDocumentNamesTheTypesThatAPathTakes(String path) {
        String detail = Json.MAPPER
                .readTree(
                        call("GET", path + "?fields[zzzzzzzzzzzzzzzzzz]=", null).body())
                .at("/errors/0/detail")
                .stringValue();
        String types = detail.substring(detail.indexOf("There are: ") + 11, detail.length() - 1);
        OpenApiDocument document = OpenApiDocument.read();
        List<String> documented = document.path("/public/v2" + path)
                .orElseThrow()
                .operation("GET")
                .path("parameters")
                .valueStream()
                .map(parameter -> document.resolved(parameter).path("name").asString())
                .filter(name -> name.startsWith("fields["))
                .map(name -> name.substring(7, name.length() - 1))
                .toList();
        assertThat(documented).containsExactlyInAnyOrder(types.split(", "));
    }
}
