package dev.parley.server.wiring;

import dev.parley.server.platform.json.Json;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A server for {@code POST /operations}, each test with an organization of its own. */
@NullUnmarked
abstract class OperationsCase {

    private static final String PARTNER = "pp_operations-token-012345678";
    static final String ATOMIC = "application/vnd.api+json; ext=\"https://jsonapi.org/ext/atomic\"";
    static final String ADD_CANDIDATE = """
            {"op":"add","data":{"type":"candidates","lid":"ada","attributes":{"phone":"%s"}}}""";
    static final String ADD_THREAD = """
            {"op":"add","href":"/public/v2/message-threads","data":{"type":"messageThreads","attributes":
            {"channel":"whatsapp","identifier":"%s"},
            "relationships":{"candidate":{"data":{"type":"candidates","lid":"ada"}}}}}""";

    static RunningServer server;

    String token;
    String organization;

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

    HttpResponse<String> post(String contentType, String body, String... more) {
        List<String> headers =
                new ArrayList<>(List.of("Authorization", "Bearer " + token, "Content-Type", contentType));
        headers.addAll(List.of(more));
        return server.raw("POST", "/public/v2/operations", body, headers.toArray(String[]::new));
    }

    HttpResponse<String> operations(String... operations) {
        return post(ATOMIC, document(operations));
    }

    static String document(String... operations) {
        return "{\"atomic:operations\":[" + String.join(",", operations) + "]}";
    }

    static JsonNode json(HttpResponse<String> answer) {
        return Json.MAPPER.readTree(answer.body());
    }

    static List<String> errors(HttpResponse<String> answer) {
        List<String> errors = new ArrayList<>();
        for (JsonNode error : json(answer).path("errors")) {
            errors.add(
                    error.path("status").asString() + " " + error.path("code").asString() + " "
                            + error.at("/source/pointer").asString());
        }
        return errors;
    }

    String count(String of) throws Exception {
        return server.query("select count(*) from " + of + " where organization_id = '" + organization + "'");
    }

    String candidate(String phone) {
        return server.make("/candidates", token, "candidates", Map.of("phone", phone))
                .path("id")
                .stringValue();
    }
}
