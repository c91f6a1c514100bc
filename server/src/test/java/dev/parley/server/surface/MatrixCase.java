package dev.parley.server.surface;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.platform.json.Json;
import dev.parley.server.platform.jsonapi.ResourceType;
import dev.parley.server.platform.jsonapi.ResourceType.Method;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.Arguments;
import tools.jackson.databind.JsonNode;

/** What JSON:API asks of every resource, tried with each type that is declared and each method that it has. */
@NullUnmarked
abstract class MatrixCase {

    static World world;

    @BeforeAll
    static void start(@TempDir Path folder) {
        world = new World(folder);
    }

    @AfterAll
    static void stop() throws Exception {
        world.close();
    }

    static Stream<Arguments> readable() {
        return having(Method.GET);
    }

    static Stream<Arguments> listed() {
        return having(Method.LIST);
    }

    static Stream<Arguments> made() {
        return Examples.inOrder(world.server.types()).stream().map(type -> Arguments.of(type.type(), type));
    }

    static Stream<Arguments> changed() {
        return having(Method.UPDATE);
    }

    private static Stream<Arguments> having(Method method) {
        return world.server.types().stream()
                .filter(type -> type.methods().contains(method))
                .map(type -> Arguments.of(type.type(), type));
    }

    static String list(ResourceType type) {
        return type.type().equals("organizations") ? "/organizations" : type.path();
    }

    static String one(ResourceType type) {
        return list(type) + "/" + world.asking.ids.get(type.type());
    }

    static HttpResponse<String> send(String method, String path, String body, String... headers) {
        return world.call(method, path, world.asking.token, body, headers);
    }

    static JsonNode json(HttpResponse<String> answer) {
        return Json.MAPPER.readTree(answer.body());
    }

    static JsonNode ok(HttpResponse<String> answer, int status) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return json(answer);
    }

    /** Each error's status, and where it says that it is. */
    static List<String> errors(HttpResponse<String> answer) {
        return json(answer)
                .path("errors")
                .valueStream()
                .map(error -> error.path("status").asString() + " "
                        + error.path("source").values().stream()
                                .map(JsonNode::asString)
                                .findFirst()
                                .orElse(""))
                .toList();
    }
}
