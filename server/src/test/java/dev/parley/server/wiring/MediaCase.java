package dev.parley.server.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.server.openapi.DocumentCheck;
import dev.parley.server.platform.json.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A server and a customer with a WhatsApp number, and words for sending and getting files. */
abstract class MediaCase {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    static final String PHONE = "16505550177";

    @TempDir
    static Path data;

    static RunningServer server;

    static WhatsAppCustomer customer;

    static String thread;

    @BeforeAll
    static void start() throws Exception {
        server = new RunningServer(data.resolve("server"), "partner-token-0001", Map.of("media.uploadsAtOnce", "2"));
        customer = new WhatsAppCustomer(server, new WhatsAppCustomer.Secrets("access", "app-secret", "verify", "Org"));
        thread = customer.thread(PHONE);
        customer.write(PHONE, "Ada", "Hello");
        await().until(() -> customer.windowIsOpen(thread));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    static JsonNode patched(JsonNode made, JsonNode payload) {
        String id = made.path("id").asString();
        String body = Json.text(
                Map.of("data", Map.of("type", "messages", "id", id, "attributes", Map.of("payload", payload))));
        HttpResponse<String> answer = server.api("PATCH", "/messages/" + id, customer.token, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Json.MAPPER.readTree(answer.body()).path("data");
    }

    static void sweep() throws Exception {
        // What was stored a moment ago is left alone for ten minutes; so those are over.
        server.sql(
                "update media_files set touched_at = now() - interval '1 hour', check_at = now() where check_at is not null");
    }

    static List<Path> stored(String sha256) throws Exception {
        try (Stream<Path> files = Files.walk(server.data.resolve("media"))) {
            return files.filter(file -> file.getFileName().toString().equals(sha256))
                    .toList();
        }
    }

    static int uploadsOf(String sha256) throws Exception {
        JsonNode media = Json.MAPPER.readTree(HTTP.send(
                        HttpRequest.newBuilder(URI.create(server.simulatorUrl() + "/_control/media"))
                                .build(),
                        BodyHandlers.ofString())
                .body());
        int count = 0;
        for (JsonNode one : media.path("media")) {
            count += one.path("sha256").asString().equals(sha256) ? 1 : 0;
        }
        return count;
    }

    static JsonNode sentToProvider(String kind) throws Exception {
        JsonNode ledger = Json.MAPPER.readTree(HTTP.send(
                        HttpRequest.newBuilder(URI.create(server.simulatorUrl() + "/_control/ledger"))
                                .build(),
                        BodyHandlers.ofString())
                .body());
        JsonNode found = Json.MAPPER.createObjectNode();
        for (JsonNode entry : ledger.path("entries")) {
            found = entry.path("type").asString().equals(kind) ? entry.path("media") : found;
        }
        return found;
    }

    /** A candidate sends a file; the provider's id of the message. */
    static String write(String kind, String type, byte[] bytes, Map<String, String> more) {
        Map<String, Object> media = new HashMap<>(more);
        media.put("type", kind);
        media.put("mimeType", type);
        media.put("data", Base64.getEncoder().encodeToString(bytes));
        return server.control(
                        "/reply",
                        Map.of("phoneNumberId", customer.phoneNumberId, "from", PHONE, "media", media, "wait", true))
                .at("/ids/0")
                .asString();
    }

    /** The newest inbound message of a kind, as soon as it is there. */
    static JsonNode find(String id, String kind) {
        JsonNode[] found = new JsonNode[1];
        await("message " + id).until(() -> {
            JsonNode list = Json.MAPPER
                    .readTree(server.api("GET", "/messages?page%5Bsize%5D=100", customer.token, null)
                            .body())
                    .path("data");
            for (JsonNode one : list) {
                boolean inbound = one.at("/attributes/origin").asString().equals("inbound");
                if (found[0] == null
                        && inbound
                        && one.at("/attributes/payload/type").asString().equals(kind)) {
                    found[0] = one;
                }
            }
            return found[0] != null;
        });
        return found[0];
    }

    static JsonNode received(String id, String kind) {
        await("file of " + kind)
                .until(() -> find(id, kind)
                        .at("/attributes/payload/" + kind + "/size")
                        .isIntegralNumber());
        return find(id, kind);
    }

    static Map<String, Object> data(String data) {
        return Map.of("data", data);
    }

    static String body(String kind, Map<String, Object> content) {
        return body(kind, content, Map.of());
    }

    static String body(String kind, Map<String, Object> content, Map<String, Object> more) {
        Map<String, Object> attributes = new HashMap<>(more);
        attributes.put("sendBy", "Ada");
        attributes.put("messageThreadId", thread);
        attributes.put("payload", Map.of("type", kind, kind, content));
        return Json.text(Map.of("data", Map.of("type", "messages", "attributes", attributes)));
    }

    static HttpResponse<String> send(String kind, Map<String, Object> content, String... headers) {
        return post(body(kind, content), headers);
    }

    static HttpResponse<String> post(String body, String... headers) {
        return server.api("POST", "/messages", customer.token, body, headers);
    }

    static JsonNode made(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return Json.MAPPER.readTree(answer.body()).path("data");
    }

    static String detail(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
        return answer.body();
    }

    static String url(JsonNode message) {
        JsonNode payload = message.at("/attributes/payload");
        return payload.path(payload.path("type").asString()).path("url").asString();
    }

    static boolean reached(JsonNode made, String status) {
        return customer.status(UUID.fromString(made.path("id").asString())).equals(status);
    }

    static HttpResponse<byte[]> get(String path, @Nullable String token, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        server.raw("GET", "/", null).uri().resolve(path))
                .header("Authorization", "Bearer " + token);
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        HttpRequest sent = request.build();
        HttpResponse<byte[]> answer = HTTP.send(sent, BodyHandlers.ofByteArray());
        DocumentCheck.checkHead(sent, answer);
        return answer;
    }

    static JsonNode attempts(JsonNode made) {
        String path = "/messages/" + made.path("id").asString() + "/attempts";
        return Json.MAPPER
                .readTree(server.api("GET", path, customer.token, null).body())
                .path("data");
    }
}
