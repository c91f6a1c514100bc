package dev.parley.server.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.openapi.OpenApiDocument;
import dev.parley.server.platform.http.Access;
import dev.parley.server.platform.http.HttpMethod;
import dev.parley.server.platform.http.Route;
import dev.parley.server.platform.json.Json;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Content negotiation (jsonapi.org/format/1.1, "Content Negotiation") on every path of the API. */
@NullUnmarked
class NegotiationTest {

    private static final String PARTNER = "pp_negotiation-token-0123456";
    private static final String TYPE = "application/vnd.api+json";
    private static final String ATOMIC = TYPE + "; ext=\"https://jsonapi.org/ext/atomic\"";
    private static final String SOME = "/" + new UUID(1, 2);

    private static RunningServer server;
    private static String token;

    @BeforeAll
    static void start(@TempDir Path folder) {
        server = new RunningServer(folder.resolve("data"), PARTNER);
        JsonNode made = server.make("/management/organizations", PARTNER, "organizations", Map.of("name", "Own"));
        token = made.at("/attributes/token").stringValue();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** Documented routes with a token; a stream is no document. */
    private static Stream<Route> routes() {
        OpenApiDocument document = OpenApiDocument.read();
        return server.routes().stream()
                .filter(route -> route.access() != Access.PUBLIC && route.tickets() == null)
                .filter(route -> document.path(route.template()).isPresent());
    }

    private static String path(Route route) {
        return route.template().substring("/public/v2".length()).replaceAll("/\\{[^}]*}", SOME);
    }

    static Stream<String> lists() {
        return routes().filter(route ->
                        route.method() == HttpMethod.GET && !route.template().contains("{"))
                .map(NegotiationTest::path);
    }

    /** But for the operations, which take the extension. */
    static Stream<String> writes() {
        return routes().filter(route -> route.method() == HttpMethod.POST || route.method() == HttpMethod.PATCH)
                .filter(route -> !route.template().endsWith("/operations"))
                .map(route -> route.method() + " " + path(route));
    }

    private static HttpResponse<String> send(String method, String path, String body, String... headers) {
        String by = path.startsWith("/management") ? PARTNER : token;
        List<String> all = new ArrayList<>(List.of("Authorization", "Bearer " + by));
        all.addAll(List.of(headers));
        return server.raw(method, "/public/v2" + path, body, all.toArray(String[]::new));
    }

    private static String header(HttpResponse<String> answer) {
        return Json.MAPPER.readTree(answer.body()).at("/errors/0/source/header").asString();
    }

    @ParameterizedTest
    @MethodSource("lists")
    void readsAreAnsweredInATypeThatIsAccepted(String path) {
        for (String accept : List.of(
                TYPE,
                "*/*",
                "application/*",
                TYPE + "; charset=utf-8, " + TYPE,
                TYPE + "; profile=\"https://example.org/x\"",
                TYPE + "; ext=\"https://example.org/unknown\", " + TYPE,
                ATOMIC,
                "text/html, */*; q=0.1")) {
            HttpResponse<String> answer = send("GET", path, null, "Accept", accept);
            assertThat(answer.statusCode()).as(accept).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type")).hasValue(TYPE);
            assertThat(answer.headers().firstValue("Vary")).hasValue("Accept");
        }
        assertThat(send("GET", path, "not read", "Content-Type", "text/plain").statusCode())
                .isEqualTo(200);
        HttpResponse<String> json = send("GET", path, null, "Accept", "application/json");
        assertThat(json.headers().firstValue("Content-Type")).hasValue("application/json");
        for (String accept : List.of(
                TYPE + "; charset=utf-8",
                TYPE + "; ext=\"https://example.org/unknown\"",
                TYPE + "; ext=\"https://jsonapi.org/ext/atomic https://example.org/unknown\"",
                TYPE + "; q=0",
                TYPE + "; charset=utf-8, */*",
                "text/html")) {
            HttpResponse<String> refused = send("GET", path, null, "Accept", accept);
            assertThat(refused.statusCode()).as(accept).isEqualTo(406);
            assertThat(header(refused)).isEqualTo("Accept");
            assertThat(refused.headers().firstValue("Vary")).hasValue("Accept");
        }
    }

    @ParameterizedTest
    @MethodSource("writes")
    void bodiesOfAnotherTypeAreNotRead(String request) {
        String method = request.substring(0, request.indexOf(' '));
        String path = request.substring(request.indexOf(' ') + 1);
        for (String type : List.of(
                TYPE + "; charset=utf-8",
                TYPE + "; ext=\"https://example.org/unknown\"",
                ATOMIC,
                "text/plain",
                "application/x-www-form-urlencoded",
                "json")) {
            HttpResponse<String> answer = send(method, path, "{}", "Content-Type", type);
            assertThat(answer.statusCode()).as(type).isEqualTo(415);
            assertThat(header(answer)).isEqualTo("Content-Type");
            assertThat(answer.headers().firstValue("Vary")).hasValue("Accept");
        }
        for (String type :
                List.of(TYPE, TYPE + "; profile=\"https://example.org/x\"", "application/json; charset=utf-8")) {
            HttpResponse<String> answer = send(method, path, "{}", "Content-Type", type);
            assertThat(answer.statusCode()).as(type).isNotIn(415, 406, 500);
            assertThat(answer.headers().firstValue("Vary")).as(type).hasValue("Accept");
        }
    }
}
