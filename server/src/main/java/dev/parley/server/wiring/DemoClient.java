package dev.parley.server.wiring;

import dev.parley.server.platform.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/** Calls the server as a customer's program would, to seed the demo. */
final class DemoClient {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI server;
    private final String token;

    DemoClient(URI server, String token) {
        this.server = server;
        this.token = token;
    }

    UUID create(String path, String type, Map<String, ?> attributes) {
        JsonNode data = post(
                        URI.create(server + "/public/v2" + path),
                        Map.of("data", Map.of("type", type, "attributes", attributes)))
                .path("data");
        return UUID.fromString(data.path("id").asString());
    }

    JsonNode patch(String path, String type, UUID id, Map<String, ?> attributes) {
        String body = Json.text(Map.of("data", Map.of("type", type, "id", id.toString(), "attributes", attributes)));
        return send(request(URI.create(server + "/public/v2" + path))
                        .method("PATCH", HttpRequest.BodyPublishers.ofString(body)))
                .path("data");
    }

    JsonNode post(URI uri, Map<String, ?> body) {
        return send(request(uri).POST(HttpRequest.BodyPublishers.ofString(Json.text(body))));
    }

    /** Waits until the candidate's message has opened the thread's window. */
    void awaitWindow(UUID thread) {
        await(
                "/message-threads/" + thread,
                data -> !data.path("attributes").path("windowExpiresAt").isNull());
    }

    /** Waits until the template with this name was read from the provider; its id. */
    UUID awaitTemplate(String name) {
        JsonNode found = await("/message-templates?filter%5Bname%5D=" + name, data -> !data.isEmpty());
        return UUID.fromString(found.path(0).path("id").asString());
    }

    private JsonNode await(String path, Predicate<JsonNode> there) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        JsonNode data = get(path);
        while (!there.test(data)) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("seeding the demo took too long at " + path);
            }
            Thread.onSpinWait();
            data = get(path);
        }
        return data;
    }

    private HttpRequest.Builder request(URI uri) {
        return HttpRequest.newBuilder(uri)
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json");
    }

    /** What is at a path. */
    JsonNode get(String path) {
        return send(request(URI.create(server + "/public/v2" + path)).GET()).path("data");
    }

    /** Whether there is something at a path, for this token. */
    boolean finds(String path) {
        return exchange(request(URI.create(server + "/public/v2" + path)).GET()).statusCode() == 200;
    }

    private JsonNode send(HttpRequest.Builder request) {
        HttpResponse<String> answer = exchange(request);
        if (answer.statusCode() >= 300) {
            throw new IllegalStateException("seeding the demo was answered " + answer.statusCode());
        }
        return answer.body().isEmpty() ? Json.MAPPER.createObjectNode() : Json.MAPPER.readTree(answer.body());
    }

    private HttpResponse<String> exchange(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException("seeding the demo failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while seeding the demo", e);
        }
    }
}
