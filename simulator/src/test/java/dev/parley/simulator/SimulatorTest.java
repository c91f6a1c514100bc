package dev.parley.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.simulator.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import tools.jackson.databind.JsonNode;

/** A simulator, a receiver, and words for talking to both over HTTP. */
abstract class SimulatorTest {

    static final String NUMBER = "106540352242922";
    static final String SECRET = "test_app_secret";
    static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();

    volatile Instant now = Instant.parse("2026-11-22T10:00:00Z");
    Simulator simulator;
    Receiver receiver;

    SimulatorOptions options() {
        return SimulatorOptions.defaults().withClock(() -> now).withCallbackDelay(Duration.ofMillis(5));
    }

    @BeforeEach
    void start() throws Exception {
        receiver = new Receiver();
        simulator = Simulator.start(options());
        register("");
    }

    @AfterEach
    void stop() {
        simulator.close();
        receiver.close();
    }

    /** Registers the usual number; {@code more} is put behind its members and starts with a comma. */
    void register(String more) throws Exception {
        JsonNode answer = control("POST", "/numbers", """
                {"phoneNumberId":"%s","wabaId":"102290129340398","displayPhoneNumber":"15550783881",
                 "appSecret":"%s","callbackUrl":"%s"%s}""".formatted(NUMBER, SECRET, receiver.url(), more));
        assertThat(answer.path("phoneNumberId").asString()).isEqualTo(NUMBER);
    }

    /** An approved template of the usual number's account. */
    void template(String name, String language, String body) throws Exception {
        JsonNode answer = control("POST", "/templates", """
                {"wabaId":"102290129340398","name":"%s","language":"%s","body":"%s"}""".formatted(name, language, body));
        assertThat(answer.path("ids").size()).isEqualTo(1);
    }

    /** Adds one fault rule. */
    void fault(String rule) throws Exception {
        JsonNode answer = control("POST", "/faults", "{\"rules\":[" + rule + "]}");
        assertThat(answer.path("rules")).isNotEmpty();
    }

    JsonNode control(String method, String path, @Nullable String body) throws Exception {
        HttpResponse<String> answer = exchange(method, "/_control" + path, body, null);
        return Json.MAPPER.readTree(answer.body());
    }

    HttpResponse<String> exchange(String method, String path, @Nullable String body, @Nullable String token)
            throws Exception {
        var request = HttpRequest.newBuilder(URI.create(simulator.url() + path))
                .timeout(Duration.ofSeconds(20))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }

    HttpResponse<String> post(String body) throws Exception {
        return exchange("POST", "/v26.0/" + NUMBER + "/messages", body, "any");
    }

    HttpResponse<String> send(String to, String text, @Nullable String opaque) throws Exception {
        var body =
                Json.object().put("messaging_product", "whatsapp").put("to", to).put("type", "text");
        body.putObject("text").put("body", text);
        body.put("biz_opaque_callback_data", opaque);
        return post(body.toString());
    }

    HttpResponse<String> send() throws Exception {
        return send("+16505551234", "Hello", "ref-1");
    }

    static String id(HttpResponse<String> answer) {
        return Json.MAPPER
                .readTree(answer.body())
                .path("messages")
                .path(0)
                .path("id")
                .asString();
    }

    static JsonNode error(HttpResponse<String> answer) {
        return Json.MAPPER.readTree(answer.body()).path("error");
    }

    JsonNode ledger() throws Exception {
        return control("GET", "/ledger", null).path("entries");
    }

    /** Waits until so many statuses came, and no more are pending. */
    List<String> awaitStatuses(int count) {
        await().atMost(Duration.ofSeconds(15))
                .until(() -> receiver.statuses().size() >= count
                        && control("GET", "/stats", null)
                                        .path("callbackUpdatesQueued")
                                        .asInt()
                                == 0);
        return receiver.statuses();
    }

    /** The connection ends without an answer. */
    static void assertCut(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        org.assertj.core.api.Assertions.assertThatThrownBy(call).isInstanceOf(IOException.class);
    }
}
