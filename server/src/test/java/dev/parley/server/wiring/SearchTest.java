package dev.parley.server.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.platform.json.Json;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** {@code filter[search]} of the whole server. */
@NullUnmarked
class SearchTest {

    private static final String PARTNER = "pp_search-token-0123456789012";
    private static RunningServer server;

    private String token;

    @BeforeAll
    static void start(@TempDir Path folder) {
        server = new RunningServer(folder.resolve("data"), PARTNER);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void organization() {
        token = newOrganization();
    }

    private static String newOrganization() {
        JsonNode made = server.make("/management/organizations", PARTNER, "organizations", Map.of("name", "Own"));
        String own = made.at("/attributes/token").stringValue();
        server.site(own);
        return own;
    }

    private HttpResponse<String> list(String path, String text, String more) {
        String search = URLEncoder.encode(text, StandardCharsets.UTF_8);
        return server.api("GET", path + "?filter%5Bsearch%5D=" + search + more, token, null);
    }

    private List<String> found(String path, String text, String more) {
        HttpResponse<String> answer = list(path, text, more);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        List<String> ids = new ArrayList<>();
        Json.MAPPER
                .readTree(answer.body())
                .path("data")
                .forEach(one -> ids.add(one.path("id").stringValue()));
        return ids;
    }

    private void finds(String path, String text, String... ids) {
        Awaitility.await().untilAsserted(() -> assertThat(found(path, text, "")).containsExactlyInAnyOrder(ids));
    }

    private String candidate(String phone, String first, String last, String email) {
        return server.make(
                        "/candidates",
                        token,
                        "candidates",
                        Map.of("phone", phone, "firstName", first, "lastName", last, "email", email))
                .path("id")
                .stringValue();
    }

    private String thread(String visitor, String candidate) {
        return server.make(
                        "/message-threads",
                        token,
                        "messageThreads",
                        Map.of("channel", "web", "identifier", visitor, "candidateId", candidate))
                .path("id")
                .stringValue();
    }

    private String message(String thread, String text) {
        return server.make(
                        "/messages",
                        token,
                        "messages",
                        Map.of(
                                "sendBy",
                                "John",
                                "messageThreadId",
                                thread,
                                "payload",
                                Map.of("type", "text", "text", Map.of("value", text))))
                .path("id")
                .stringValue();
    }

    @Test
    void findsCandidatesThreadsAndMessages() {
        String jose = candidate("+31 6 1234 5678", "José", "Núñez", "jose.nunez@example.com");
        String ada = candidate("0698765432", "Ada", "O'Brien", "ada@example.org");
        String thread = thread("visitor-1", jose);
        String other = thread("visitor-2", ada);
        String first = message(thread, "Can you come on Monday?");
        String second = message(other, "Monday is a holiday");

        finds("/messages", "monday", first, second);
        finds("/candidates", "NUNEZ jos", jose);
        finds("/message-threads", "nunez visitor", thread);
        assertThat(found("/candidates", "0031612", "")).containsExactly(jose);
        assertThat(found("/candidates", "+31 6 12", "")).containsExactly(jose);
        assertThat(found("/candidates", "06 1234", "")).containsExactly(jose);
        assertThat(found("/candidates", "obrien", "")).containsExactly(ada);
        assertThat(found("/candidates", "example", "&sort=firstName")).containsExactly(ada, jose);
        assertThat(found("/candidates", "example", "&filter%5BlastName%5D%5Bprefix%5D=N"))
                .containsExactly(jose);
        assertThat(found("/message-threads", "ada@exam", "")).containsExactly(other);
        assertThat(found("/messages", "mon", "&filter%5BmessageThreadId%5D=" + thread))
                .containsExactly(first);
        assertThat(found("/messages", "come holiday", "")).isEmpty();
    }

    @Test
    void pagesCountsAndIncludesAsAnyFilterDoes() {
        String thread = thread("visitor", candidate("1", "Ada", "Byron", "a@b.example"));
        String[] made = new String[5];
        for (int i = 0; i < made.length; i++) {
            made[i] = message(thread, "pages of words " + i);
        }
        message(thread, "other");
        finds("/messages", "page", made);
        JsonNode page = Json.MAPPER.readTree(
                list("/messages", "page word", "&page%5Bsize%5D=2&page%5Bnumber%5D=2&include=messageThread.candidate")
                        .body());
        assertThat(page.path("data")).hasSize(2);
        assertThat(page.at("/meta/total").intValue()).isEqualTo(5);
        assertThat(page.at("/meta/totalUnfiltered").intValue()).isEqualTo(6);
        assertThat(page.path("included")).hasSize(2);
        assertThat(page.at("/links/next").asString()).contains("filter%5Bsearch%5D=page");
        JsonNode sought = Json.MAPPER.readTree(
                list("/messages", "page", "&page%5Bafter%5D=&page%5Bsize%5D=3").body());
        String next = sought.at("/links/next").asString().replace("/public/v2", "");
        assertThat(sought.path("data")).hasSize(3);
        assertThat(Json.MAPPER
                        .readTree(server.api("GET", next, token, null).body())
                        .path("data"))
                .hasSize(2);
    }

    @Test
    void seesNothingOfAnotherOrganizationAndNothingThatWasDeleted() {
        String thread = thread("visitor", candidate("1", "Ada", "Byron", "a@b.example"));
        String message = message(thread, "confidential");
        finds("/messages", "confidential", message);
        String mine = token;
        token = newOrganization();
        assertThat(found("/messages", "confidential", "")).isEmpty();
        assertThat(found("/candidates", "byron", "")).isEmpty();
        assertThat(found("/message-threads", "visitor", "")).isEmpty();
        token = mine;
        assertThat(server.api("DELETE", "/messages/" + message, token, null).statusCode())
                .isEqualTo(204);
        assertThat(found("/messages", "confidential", "")).isEmpty();
        assertThat(server.api("DELETE", "/message-threads/" + thread, token, null)
                        .statusCode())
                .isEqualTo(204);
        assertThat(found("/message-threads", "visitor", "")).isEmpty();
    }

    @Test
    void saysWhatIsWrongWithASearch() {
        for (String path : List.of("/messages", "/message-threads", "/candidates")) {
            for (String text : List.of("", "x".repeat(201), "a b c d e f g h i j k", "?!")) {
                HttpResponse<String> answer = list(path, text, "");
                JsonNode error = Json.MAPPER.readTree(answer.body()).at("/errors/0");
                assertThat(answer.statusCode()).as(text).isEqualTo(400);
                assertThat(error.path("code").asString()).isEqualTo("invalid_query_parameter");
                assertThat(error.at("/source/parameter").asString()).isEqualTo("filter[search]");
                assertThat(error.path("detail").asString()).startsWith("Search for ");
            }
        }
        HttpResponse<String> prefix = server.api("GET", "/messages?filter%5Bsearch%5D%5Bprefix%5D=x", token, null);
        assertThat(prefix.statusCode()).isEqualTo(400);
        assertThat(found("/messages", "it's \\ & | ! <-> ( ':* ~", "")).isEmpty();
    }

    @Test
    void tellsHowFarItIs() {
        Awaitility.await().untilAsserted(() -> {
            assertThat(server.metric("parley_search_position")).isPositive();
            assertThat(server.hasMetric("parley_search_backfills")).isTrue();
        });
    }
}
