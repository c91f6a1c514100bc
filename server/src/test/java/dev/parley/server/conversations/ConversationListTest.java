package dev.parley.server.conversations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.platform.json.Json;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Conversations as they are listed, included and changed: what is taken, and what is refused. */
@NullUnmarked
class ConversationListTest {

    private static ConversationWorld world;
    private static String candidate;
    private static String known;
    private static String silent;
    private static String closed;

    /** One of a candidate that wrote, one of a candidate that did not, and one that is closed and read. */
    @BeforeAll
    static void start(@TempDir Path folder) {
        world = new ConversationWorld(folder.resolve("data"));
        candidate = world.candidate();
        String phone = world.phone();
        world.write(phone);
        String thread = world.thread(phone);
        world.send("PATCH", "/message-threads/" + thread, "messageThreads", Map.of("candidateId", candidate));
        known = world.id(thread);
        String quiet = world.thread(world.phone());
        world.send("PATCH", "/message-threads/" + quiet, "messageThreads", Map.of("candidateId", world.candidate()));
        silent = world.id(quiet);
        String done = world.phone();
        world.write(done);
        closed = world.id(world.thread(done));
        world.patched(closed, Map.of("status", "closed", "unreadMessagesCount", 0));
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    private static List<String> ids(String query) {
        List<String> ids = new ArrayList<>();
        world.get("/conversations?" + query)
                .get("data")
                .forEach(one -> ids.add(one.get("id").asString()));
        return ids;
    }

    @Test
    void areFilteredAndSorted() {
        assertThat(ids("sort=createdAt")).containsExactly(known, silent, closed);
        assertThat(ids("")).containsExactly(closed, silent, known);
        assertThat(ids("filter[status]=closed")).containsExactly(closed);
        assertThat(ids("filter[status]=OPEN")).containsExactly(silent, known);
        assertThat(ids("filter[unreadMessages]=true")).containsExactly(known);
        assertThat(ids("filter[unreadMessages]=false")).containsExactly(closed, silent);
        assertThat(ids("filter[candidateId]=" + candidate)).containsExactly(known);
        assertThat(ids("filter[candidateId][null]=true")).containsExactly(closed);
        assertThat(ids("filter[candidateId]=" + UUID.randomUUID())).isEmpty();
        String threads = world.get("/conversations/" + known)
                        .at("/data/attributes/messageThreadId")
                        .asString() + ","
                + world.get("/conversations/" + silent)
                        .at("/data/attributes/messageThreadId")
                        .asString();
        assertThat(ids("filter[messageThreadId][in]=" + threads)).containsExactly(silent, known);
        assertThat(
                        ids(
                                "filter[createdAt][gte]=2020-01-01T00:00:00%2B00:00&filter[updatedAt][lt]=2020-01-01T00:00:00%2B00:00"))
                .isEmpty();
        world.patched(silent, Map.of("status", "closed"));
        world.patched(silent, Map.of("status", "open"));
        assertThat(ids("sort=-updatedAt").getFirst()).isEqualTo(silent);
        assertThat(ids("page[size]=1&page[number]=2")).containsExactly(silent);
    }

    @Test
    void bringTheirThreadAndCandidate() {
        JsonNode document = world.get("/conversations?include=messageThread.messages,candidate&filter[status]=open");
        List<String> types = document.get("included").findValuesAsString("type");
        assertThat(types).contains("messageThreads", "messages", "candidates").doesNotContain("conversations");
        JsonNode one = world.get("/conversations/" + known + "?include=candidate&fields[conversations]=candidate"
                + "&fields[candidates]=phone");
        assertThat(one.at("/included/0/id").asString()).isEqualTo(candidate);
        assertThat(one.at("/data/attributes")).isEmpty();
        JsonNode none = world.get("/conversations/" + closed + "?include=candidate");
        assertThat(none.at("/data/relationships/candidate/data").isNull()).isTrue();
        assertThat(none.get("included")).isEmpty();
    }

    /** As the documentation prints it, and with what a client reads and sends back. */
    @Test
    void areChangedAsPrinted() {
        String printed = "{\"data\":{\"type\":\"conversations\",\"id\":\"" + closed
                + "\",\"attributes\":{\"status\":\"closed\"}}}";
        assertThat(world.api("PATCH", "/conversations/" + closed + "/", printed).statusCode())
                .isEqualTo(200);
        Map<String, Object> all = Map.of(
                "status",
                "closed",
                "messageThreadId",
                UUID.randomUUID().toString(),
                "createdAt",
                "2024-05-07T14:20:46+00:00");
        HttpResponse<String> answer = world.patch(closed, all);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(Json.MAPPER.readTree(answer.body()).at("/meta/ignored").toString())
                .contains("messageThreadId", "createdAt");
        int version =
                Json.MAPPER.readTree(answer.body()).at("/data/meta/version").intValue();
        assertThat(world.patched(closed, Map.of("status", "closed"))
                        .at("/meta/version")
                        .intValue())
                .as("nothing changed")
                .isEqualTo(version);
    }

    @ParameterizedTest
    @CsvSource({
        "unreadMessages, true, 'invalid_value', 'Write false, which'",
        "unreadMessagesCount, 3, 'invalid_value', 'Write 0, which'",
        "unreadMessagesCount, -1, 'invalid_value', ''",
        "unreadMessages, null, '', ''",
        "status, null, '', ''",
        "status, '\"archived\"', 'invalid_value', ''",
        "state, '\"open\"', 'unknown_attribute', ''",
    })
    void refuseWhatTheServerKeeps(String attribute, String value, String code, String detail) {
        HttpResponse<String> answer = world.api(
                "PATCH",
                "/conversations/" + known,
                "{\"data\":{\"type\":\"conversations\",\"attributes\":{\"" + attribute + "\":" + value + "}}}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
        JsonNode error = Json.MAPPER.readTree(answer.body()).at("/errors/0");
        assertThat(error.at("/source/pointer").asString()).isEqualTo("/data/attributes/" + attribute);
        assertThat(error.get("code").asString()).contains(code);
        assertThat(error.get("detail").asString()).contains(detail);
        assertThat(ids("filter[unreadMessages]=true")).containsExactly(known);
    }

    @Test
    void bothWrongValuesAreTold() {
        HttpResponse<String> answer = world.patch(known, Map.of("unreadMessages", true, "unreadMessagesCount", 2));
        assertThat(Json.MAPPER.readTree(answer.body()).get("errors")).hasSize(2);
    }

    @Test
    void cannotBeMadeOrDeleted() {
        HttpResponse<String> post = world.send("POST", "/conversations", "conversations", Map.of("status", "open"));
        assertThat(post.statusCode()).isEqualTo(405);
        assertThat(post.headers().firstValue("Allow").orElseThrow())
                .contains("GET")
                .doesNotContain("POST");
        HttpResponse<String> delete = world.api("DELETE", "/conversations/" + known, null);
        assertThat(delete.statusCode()).isEqualTo(405);
        assertThat(delete.headers().firstValue("Allow").orElseThrow()).contains("PATCH");
    }

    @Test
    void aPreconditionIsHeld() {
        String path = "/conversations/" + silent;
        String tag = world.api("GET", path, null).headers().firstValue("ETag").orElseThrow();
        String body =
                "{\"data\":{\"type\":\"conversations\",\"attributes\":{\"status\":\"closed\",\"unreadMessages\":false}}}";
        String token = world.customer.token;
        assertThat(world.server
                        .api("PATCH", path, token, body, "If-Match", "\"other\"")
                        .statusCode())
                .isEqualTo(412);
        assertThat(world.server.api("PATCH", path, token, body, "If-Match", tag).statusCode())
                .isEqualTo(200);
        assertThat(world.server.api("PATCH", path, token, body, "If-Match", tag).statusCode())
                .isEqualTo(412);
        world.patched(silent, Map.of("status", "open"));
    }

    @Test
    void takePartInOperations() {
        String operation =
                "{\"op\":\"update\",\"data\":{\"type\":\"conversations\",\"id\":\"%s\",\"attributes\":{%s}}}";
        String all = "{\"atomic:operations\":[" + operation.formatted(silent, "\"status\":\"closed\"") + ",%s]}";
        String extension = "application/vnd.api+json; ext=\"https://jsonapi.org/ext/atomic\"";
        HttpResponse<String> failed =
                operations(all.formatted(operation.formatted(UUID.randomUUID(), "\"status\":\"open\"")), extension);
        assertThat(failed.statusCode()).as(failed.body()).isEqualTo(404);
        assertThat(ids("filter[status]=closed")).containsExactly(closed);
        HttpResponse<String> done = operations(
                all.formatted(operation.formatted(silent, "\"status\":\"open\",\"unreadMessages\":false")), extension);
        assertThat(done.statusCode()).as(done.body()).isEqualTo(200);
        assertThat(ids("filter[status]=closed")).containsExactly(closed);
    }

    private static HttpResponse<String> operations(String body, String type) {
        return world.server.raw(
                "POST",
                "/public/v2/operations",
                body,
                "Authorization",
                "Bearer " + world.customer.token,
                "Content-Type",
                type,
                "Accept",
                type);
    }
}
