package dev.parley.server.events.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parley.server.openapi.DocumentCheck;
import dev.parley.server.platform.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.NullUnmarked;
import tools.jackson.databind.JsonNode;

/** A program that reads a stream as the HTML standard says, and remembers what came. */
@NullUnmarked
public final class StreamReader implements AutoCloseable {

    /** An event as it came. */
    public record Got(String id, String name, JsonNode data) {}

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** Whole events, in order. */
    public final List<Got> events = new CopyOnWriteArrayList<>();

    /** Comments, and ids that came without an event. */
    public final List<String> comments = new CopyOnWriteArrayList<>();

    /** The answer's status. */
    public final int status;

    /** Its headers. */
    public final Map<String, List<String>> headers;

    private final InputStream body;
    private volatile String lastId;
    private volatile String retry;
    private volatile boolean ended;
    private volatile boolean broken;

    private StreamReader(HttpResponse<InputStream> answer) {
        this.status = answer.statusCode();
        this.headers = answer.headers().map();
        this.body = answer.body();
        if (status == 200) {
            Thread.ofVirtual().start(this::read);
        }
    }

    /** Opens a stream; returns when the headers are here. */
    public static StreamReader open(String url, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(url.replace("[", "%5B").replace("]", "%5D")));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            HttpRequest sent = request.build();
            HttpResponse<InputStream> answer = HTTP.send(sent, BodyHandlers.ofInputStream());
            DocumentCheck.checkHead(sent, answer);
            return new StreamReader(answer);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("no stream", e);
        }
    }

    /** The body of an answer that is no stream. */
    public JsonNode refusal() {
        try (body) {
            return Json.MAPPER.readTree(body.readAllBytes());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The last id that came, of an event or alone. */
    public String lastId() {
        return lastId;
    }

    /** How long the server wants a reader to wait before it comes back. */
    public String retry() {
        return retry;
    }

    /** Whether the server ended it. */
    public boolean ended() {
        return ended;
    }

    /** Whether it broke off without a proper end. */
    public boolean broken() {
        return broken;
    }

    /** For each event what happened to which resource. */
    public List<String> words() {
        List<String> words = new ArrayList<>();
        events.forEach(event -> words.add(
                event.name() + " " + event.data().at("/attributes/resourceId").asString()));
        return words;
    }

    private void read() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(body, UTF_8))) {
            String id = null;
            String name = null;
            StringBuilder data = new StringBuilder();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.isEmpty()) {
                    if (id != null) {
                        lastId = id;
                    }
                    if (!data.isEmpty()) {
                        events.add(new Got(id, name, Json.MAPPER.readTree(data.toString())));
                    }
                    id = null;
                    name = null;
                    data.setLength(0);
                } else if (line.startsWith("id: ")) {
                    id = line.substring(4);
                } else if (line.startsWith("event: ")) {
                    name = line.substring(7);
                } else if (line.startsWith("data: ")) {
                    data.append(line, 6, line.length());
                } else if (line.startsWith("retry: ")) {
                    retry = line.substring(7);
                } else if (line.startsWith(":")) {
                    comments.add(line);
                }
            }
            ended = true;
        } catch (IOException e) {
            broken = true;
        }
    }

    @Override
    public void close() {
        try {
            body.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
