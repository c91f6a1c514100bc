package dev.parley.server.wiring;

import static dev.parley.server.wiring.CompoundDocuments.checked;
import static dev.parley.server.wiring.CompoundDocuments.ids;
import static dev.parley.server.wiring.CompoundDocuments.included;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.platform.json.Json;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** {@code include} as the whole server answers it, each test with two organizations of its own. */
@NullUnmarked
class IncludeTest {

    private static final String PARTNER = "pp_include-token-0123456789";

    private static RunningServer server;
    private static int phones;

    private String organization;
    private String token;
    private String otherOrganization;
    private String otherToken;

    @BeforeAll
    static void start(@TempDir Path folder) {
        server = new RunningServer(folder.resolve("data"), PARTNER);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void organizations() {
        JsonNode own = organization("Own");
        JsonNode other = organization("Other");
        organization = own.path("id").stringValue();
        token = own.at("/attributes/token").stringValue();
        otherOrganization = other.path("id").stringValue();
        otherToken = other.at("/attributes/token").stringValue();
    }

    private static JsonNode organization(String name) {
        return server.make(
                "/management/organizations",
                PARTNER,
                "organizations",
                Map.of("name", name, "webhookUrl", "https://hooks.example.com/x", "webhookSecret", "s3cr3t-value"));
    }

    private static String phone() {
        return "316%08d".formatted(++phones);
    }

    private String candidate(String by, Map<String, Object> more) {
        Map<String, Object> attributes = new HashMap<>(Map.of("phone", phone()));
        attributes.putAll(more);
        return server.make("/candidates", by, "candidates", attributes)
                .path("id")
                .stringValue();
    }

    private String thread(Map<String, Object> more) {
        Map<String, Object> attributes = new HashMap<>(Map.of("channel", "whatsapp", "identifier", phone()));
        attributes.putAll(more);
        return server.make("/message-threads", token, "messageThreads", attributes)
                .path("id")
                .stringValue();
    }

    /** Delivered messages of a thread, one a second; every third pair of them was stored in the same moment. */
    private static void messages(String organization, String thread, int count) throws SQLException {
        server.sql("""
                insert into messages (organization_id, id, thread_id, origin, send_by, payload, delivery_status, phase,
                    delivered_at, created_at, updated_at)
                select '%s', gen_random_uuid(), '%s', 'outbound', 'John', '{"type":"text","text":{"value":"Hi"}}',
                    'delivered', 'done', now(), now() - (i - i %% 2) * interval '1 second', now()
                from generate_series(1, %d) i
                """.formatted(organization, thread, count));
    }

    private HttpResponse<String> get(String path) {
        return server.api("GET", path.replace("[", "%5B").replace("]", "%5D"), token, null);
    }

    private JsonNode status(String name) {
        for (JsonNode status :
                Json.MAPPER.readTree(get("/candidate-statuses").body()).get("data")) {
            if (status.at("/attributes/name").stringValue().equals(name)) {
                return status;
            }
        }
        throw new AssertionError("no status " + name);
    }

    private JsonNode follow(String link) {
        HttpResponse<String> answer = server.raw("GET", link, null, "Authorization", "Bearer " + token);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Json.MAPPER.readTree(answer.body());
    }

    @Test
    void aThreadWithItsMessagesAsDocumented() throws Exception {
        String thread = thread(Map.of());
        messages(organization, thread, 105);
        messages(organization, thread(Map.of()), 3);
        String list = "/messages?filter[messageThreadId]=" + thread + "&page[size]=100";
        List<String> newest = ids(Json.MAPPER.readTree(get(list).body()).get("data"));
        assertThat(server.api("DELETE", "/messages/" + newest.getFirst(), token, null)
                        .statusCode())
                .isEqualTo(204);
        JsonNode first = Json.MAPPER.readTree(get(list).body());

        JsonNode document = checked(get("/message-threads/" + thread + "?include=messages"));
        JsonNode relation = document.at("/data/relationships/messages");
        assertThat(included(document, "messages"))
                .hasSize(100)
                .isEqualTo(ids(first.get("data")))
                .isEqualTo(ids(relation.get("data")));
        assertThat(document.at("/included/0")).isEqualTo(first.at("/data/0"));
        List<String> rest = ids(follow(relation.at("/links/next").stringValue()).get("data"));
        assertThat(rest).hasSize(4).doesNotContainAnyElementsOf(ids(relation.get("data")));
        assertThat(follow(relation.at("/links/related").stringValue())
                        .at("/meta/total")
                        .intValue())
                .isEqualTo(104);
        assertThat(document.at("/data/relationships/candidate/data").isNull()).isTrue();
    }

    @Test
    void aCandidateWithItsStatusAsDocumented() {
        String hired = status("hired").get("id").stringValue();
        String candidate = candidate(token, Map.of("candidateStatusId", hired));
        JsonNode document = checked(get("/candidates/" + candidate + "?include=candidateStatus"));
        assertThat(document.get("included")).hasSize(1);
        JsonNode status = document.at("/included/0");
        assertThat(status).isEqualTo(status("hired"));
        assertThat(status.at("/attributes/name").stringValue()).isEqualTo("hired");
        assertThat(status.at("/attributes/position").intValue()).isEqualTo(3);
        assertThat(document.at("/data/relationships/candidateStatus/data/id").stringValue())
                .isEqualTo(hired);
        assertThat(follow(status.at("/links/self").stringValue()).get("data")).isEqualTo(status);
        String without = candidate(token, Map.of());
        JsonNode none = checked(get("/candidates/" + without + "?include=candidateStatus"));
        assertThat(none.get("included")).isEmpty();
        assertThat(none.at("/data/relationships/candidateStatus/data").isNull()).isTrue();
    }

    @Test
    void statusesCanBeReadInTheirOrder() {
        JsonNode list =
                Json.MAPPER.readTree(get("/candidate-statuses?sort=position").body());
        assertThat(list.findValuesAsString("name")).containsExactly("new", "in progress", "hired", "rejected");
        assertThat(list.at("/meta/total").intValue()).isEqualTo(4);
        String path = "/candidate-statuses/" + list.at("/data/0/id").stringValue();
        assertThat(get(path).statusCode()).isEqualTo(200);
        assertThat(server.api("GET", path, otherToken, null).statusCode()).isEqualTo(404);
    }

    @Test
    void aListOverSeveralSteps() throws Exception {
        String status = status("in progress").get("id").stringValue();
        String candidate = candidate(token, Map.of("candidateStatusId", status));
        String thread = thread(Map.of("candidateId", candidate));
        String second = thread(Map.of("candidateId", candidate));
        String third = thread(Map.of());
        messages(organization, thread, 4);
        messages(organization, second, 2);
        messages(organization, third, 1);
        JsonNode document =
                checked(get("/messages?include=messageThread.candidate.candidateStatus,messageThread.organization"));
        assertThat(document.get("data")).hasSize(7);
        assertThat(included(document, "messageThreads")).containsExactlyInAnyOrder(thread, second, third);
        assertThat(included(document, "candidates")).containsExactly(candidate);
        assertThat(included(document, "candidateStatuses")).containsExactly(status);
        JsonNode own = included(document, "organizations", organization);
        assertThat(own.at("/attributes/webhookSecret").stringValue()).isEqualTo("***");
        assertThat(own.at("/attributes/token").isNull()).isTrue();
        assertThat(included(document, "messageThreads", thread))
                .isEqualTo(follow("/public/v2/message-threads/" + thread).get("data"));
        JsonNode page = checked(get("/messages?include=messageThread&page[size]=2"));
        assertThat(page.at("/links/next").stringValue()).contains("include=messageThread");
        assertThat(follow(page.at("/links/next").stringValue()).has("included")).isTrue();
    }

    @Test
    void theMessagesOfAPageOfThreadsShareTheRoom() throws Exception {
        List<String> threads = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            threads.add(thread(Map.of("candidateId", candidate(token, Map.of()))));
        }
        messages(organization, threads.getFirst(), 120);
        messages(organization, threads.getLast(), 39);
        JsonNode document = checked(get("/message-threads?include=messages,candidate"));
        assertThat(included(document, "candidates")).hasSize(25);
        assertThat(included(document, "messages")).hasSize(39 + 39);
        JsonNode many = document.at("/data/24/relationships/messages");
        assertThat(many.get("data")).hasSize(39);
        List<String> next = ids(follow(many.at("/links/next").stringValue()).get("data"));
        assertThat(next).hasSize(39).doesNotContainAnyElementsOf(ids(many.get("data")));
        assertThat(document.at("/data/0/relationships/messages/links/next").isNull())
                .isTrue();
        assertThat(document.at("/data/1/relationships/messages/data").toString())
                .isEqualTo("[]");
    }

    @Test
    void neverIncludesWhatIsAnotherOrganizations() throws Exception {
        String candidate = candidate(token, Map.of("firstName", "Ada"));
        String thread = thread(Map.of("candidateId", candidate));
        messages(organization, thread, 2);
        server.sql("""
                insert into candidates (organization_id, id, phone, first_name, created_at, updated_at)
                values ('%1$s', '%2$s', '1', 'Foreign', now(), now());
                insert into threads (organization_id, id, channel, identifier, created_at, updated_at)
                values ('%1$s', '%3$s', 'whatsapp', '31699999999', now(), now())
                """.formatted(otherOrganization, candidate, thread));
        messages(otherOrganization, thread, 3);
        HttpResponse<String> answer = get("/message-threads/" + thread + "?include=messages,candidate,organization");
        JsonNode document = checked(answer);
        assertThat(included(document, "messages")).hasSize(2);
        assertThat(included(document, "candidates", candidate)
                        .at("/attributes/firstName")
                        .stringValue())
                .isEqualTo("Ada");
        assertThat(included(document, "organizations")).containsExactly(organization);
        assertThat(answer.body()).doesNotContain(otherOrganization).doesNotContain("Foreign");
        assertThat(server.api("GET", "/message-threads/" + thread + "?include=messages,candidate", otherToken, null)
                        .body())
                .doesNotContain(organization)
                .doesNotContain("Ada");

        String foreign = candidate(otherToken, Map.of("firstName", "Foreign"));
        server.sql("update threads set candidate_id = '" + foreign + "' where organization_id = '" + organization
                + "' and id = '" + thread + "'");
        JsonNode dangling = checked(get("/message-threads/" + thread + "?include=candidate"));
        assertThat(dangling.get("included")).isEmpty();
        assertThat(dangling.at("/data/relationships/candidate/data").isNull()).isTrue();
    }

    @Test
    void leavesOutWhatWasDeletedAndFollowsWhatWasMerged() throws Exception {
        String candidate = candidate(token, Map.of());
        String thread = thread(Map.of("candidateId", candidate));
        messages(organization, thread, 1);
        assertThat(server.api("DELETE", "/candidates/" + candidate, token, null).statusCode())
                .isEqualTo(204);
        JsonNode hidden = checked(get("/messages?include=messageThread.candidate"));
        assertThat(included(hidden, "candidates")).isEmpty();
        assertThat(included(hidden, "messageThreads", thread)
                        .at("/relationships/candidate/data")
                        .isNull())
                .isTrue();
        String kept = thread(Map.of());
        server.sql("update threads set merged_into = '" + kept + "' where organization_id = '" + organization
                + "' and id = '" + thread + "'");
        JsonNode merged = checked(get("/messages?include=messageThread"));
        assertThat(included(merged, "messageThreads")).containsExactly(kept);
        assertThat(merged.at("/data/0/attributes/messageThreadId").stringValue())
                .isEqualTo(kept);
        assertThat(merged.at("/data/0/relationships/messageThread/data/id").stringValue())
                .isEqualTo(kept);
    }

    @Test
    void anEmptyIncludeIncludesNothing() {
        String thread = thread(Map.of());
        for (String path : List.of("/message-threads/" + thread, "/message-threads", "/organizations")) {
            assertThat(checked(get(path + "?include=")).get("included").toString())
                    .isEqualTo("[]");
        }
        HttpResponse<String> managed = server.api("GET", "/management/organizations?include=", PARTNER, null);
        assertThat(managed.body()).contains("\"included\":[]");
    }

    @ParameterizedTest
    @CsvSource({
        "/messages?include=nope, unknown_include, 'There are: messageThread, organization.'",
        "/messages?include=messageThread.candidates, unknown_include, Did you mean messageThread.candidate?",
        "/message-threads?include=messages.candidate, unknown_include, 'messages.messageThread, messages.organization.'",
        "/message-threads?include=channelAccount, unknown_include, 'There are: candidate, messages, organization.'",
        "/candidates?include=status, unknown_include, 'There are: candidateStatus, organization.'",
        "/candidate-statuses?include=candidates, unknown_include, There are: organization.",
        "/organizations?include=candidates, unknown_include, There are: users.",
        "/users?include=statuses, unknown_include, candidates",
        "/messages/01919a1c-0001-7c11-8a44-1f2e3d4c5b6a/attempts?include=message, unknown_query_parameter, no query",
    })
    void refusesWhatCannotBeIncluded(String path, String code, String detail) {
        HttpResponse<String> answer = get(path);
        assertThat(answer.statusCode()).isEqualTo(400);
        JsonNode error = Json.MAPPER.readTree(answer.body()).at("/errors/0");
        assertThat(error.get("code").stringValue()).isEqualTo(code);
        assertThat(error.at("/source/parameter").stringValue()).isEqualTo("include");
        assertThat(error.get("detail").stringValue()).contains(detail);
    }

    @Test
    void writesIncludeToo() {
        JsonNode status =
                Json.MAPPER.readTree(get("/candidate-statuses").body()).at("/data/0");
        String id = status.get("id").stringValue();
        String body = Json.text(Map.of(
                "data", Map.of("type", "candidates", "attributes", Map.of("phone", phone(), "candidateStatusId", id))));
        HttpResponse<String> made = server.api("POST", "/candidates?include=candidateStatus", token, body);
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        assertThat(Json.MAPPER.readTree(made.body()).at("/included/0")).isEqualTo(status);
    }
}
