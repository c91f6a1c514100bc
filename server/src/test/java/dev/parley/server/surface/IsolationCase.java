package dev.parley.server.surface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.server.platform.json.Json;
import dev.parley.server.platform.jsonapi.ResourceType;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One organization asks with ids of another. Each such request is sent a second time with an id that never was, and must get
 * the same answer; no answer holds a mark of the other organization, and when a test ends each of its rows is as it was.
 */
@NullUnmarked
abstract class IsolationCase {

    static World world;
    private static Map<String, List<String>> rows;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        world = new World(folder);
        await().until(() -> Rows.searchable(world));
        rows = Rows.of(world, world.other.id);
        assertThat(rows.get("messages")).singleElement().asString().contains(world.other.mark);
    }

    @AfterAll
    static void stop() throws Exception {
        world.close();
    }

    @AfterEach
    void theOtherOrganizationIsAsItWas() throws Exception {
        assertThat(Rows.of(world, world.other.id)).isEqualTo(rows);
    }

    static Stream<ResourceType> types() {
        return world.server.types().stream();
    }

    /** Types that organizations can list, and those that they can write. */
    static Stream<ResourceType> listed() {
        return types().filter(type -> type.methods().contains(ResourceType.Method.LIST));
    }

    static Stream<ResourceType> made() {
        return Examples.inOrder(world.server.types()).stream();
    }

    static Stream<ResourceType> changed() {
        return types().filter(type -> type.methods().contains(ResourceType.Method.UPDATE));
    }

    /** A request with an id in it. */
    interface Asking {
        HttpResponse<String> with(String id);
    }

    /** Asks with the other's id and with one that never was; returns the answer, which is the same. */
    static JsonNode same(String what, int status, String others, Asking asking) {
        String never = UUID.randomUUID().toString();
        HttpResponse<String> answer = clean(asking.with(others));
        HttpResponse<String> unknown = clean(asking.with(never));
        assertThat(plain(answer, others)).as(what).isEqualTo(plain(unknown, never));
        assertThat(answer.statusCode()).as("%s: %s", what, answer.body()).isEqualTo(status);
        return Json.MAPPER.readTree(answer.body().isEmpty() ? "{}" : answer.body());
    }

    /** Asks as the organization that asks, and looks at what comes. */
    static HttpResponse<String> ask(String method, String path, String body, String... headers) {
        return clean(world.call(method, path, world.asking.token, body, headers));
    }

    /** The answer itself, which holds no text and no number of the other organization. */
    static HttpResponse<String> clean(HttpResponse<String> answer) {
        assertThat(answer.body())
                .as(answer.request().method() + " " + answer.uri())
                .doesNotContain(world.other.mark)
                .doesNotContain(world.other.digits);
        return answer;
    }

    /** What must be the same: status and body, but for the id that was asked for and the request's own. */
    private static String plain(HttpResponse<String> answer, String id) {
        String body = answer.body().replace(id, "ID");
        if (!body.startsWith("{")) {
            return answer.statusCode() + " " + body;
        }
        JsonNode document = Json.MAPPER.readTree(body);
        if (document.path("meta") instanceof ObjectNode meta) {
            meta.remove("requestId");
        }
        return answer.statusCode() + " " + Json.text(document);
    }

    static String pointer(JsonNode document) {
        return document.at("/errors/0/source/pointer").asString();
    }
}
