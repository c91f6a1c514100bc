package dev.parley.server.surface;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.openapi.DocumentCheck;
import dev.parley.server.platform.http.HttpClients;
import dev.parley.server.platform.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever is sent, no answer is a 500, each is one that the document describes, comes within {@link #PATIENCE} and shows
 * nothing of another organization; and then the server is as well as before. Each day has requests of its own;
 * {@code -Dfuzz.seed=} sends those of a failure again, {@code -Dfuzz.requests=} more, and {@code -Dfuzz.strict=true} tells of
 * bodies, too, that are accepted although the document's schemas forbid them.
 */
@NullUnmarked
class FuzzTest {

    private static final int REQUESTS = Integer.getInteger("fuzz.requests", 1_000);
    private static final long SEED =
            Long.getLong("fuzz.seed", LocalDate.now(ZoneOffset.UTC).toEpochDay());
    private static final Duration PATIENCE = Duration.ofSeconds(Long.getLong("fuzz.seconds", 20));
    private static final boolean STRICT = Boolean.getBoolean("fuzz.strict");
    private static final int SHOWN = 10;

    /** Targets that a client would not send: broken escapes, bytes that are no UTF-8, bytes that are not escaped. */
    private static final List<String> MALFORMED = List.of(
            "/messages/%",
            "/messages/%zz",
            "/messages/%00",
            "/messages/%c0%af",
            "/messages/%ed%a0%80",
            "/messages/\u00e9\u00ff",
            "/messages?filter%5Bid%5D=%f",
            "/messages?%ff=1",
            "/messages?sort=\u00ff",
            "/../../messages");

    private final HttpClient client = HttpClient.newHttpClient();
    private final List<String> wrong = new ArrayList<>();
    private String before = "nothing";
    private final TreeMap<Integer, Integer> statuses = new TreeMap<>();

    @Test
    void noRequestBreaksTheServer(@TempDir Path folder) throws Exception {
        PrintStream console = System.err;
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        try (World world = new World(folder)) {
            FuzzedRequests requests = new FuzzedRequests(SEED, world);
            for (int i = 0; i < REQUESTS && wrong.size() < SHOWN; i++) {
                send(world, requests, requests.next());
            }
            for (String target : MALFORMED) {
                raw(world, "GET /public/v2" + target + " HTTP/1.1", "");
            }
            for (String body : List.of(
                    "\u00ff\u00fe{\"data\":1}", "{\"data\":\"\u00c0\u00af\"}", "\u00ef\u00bb\u00bf", "{\u0000}")) {
                raw(world, "POST /public/v2/candidates HTTP/1.1", body);
            }
            assertThat(world.server.management("/health/ready").statusCode()).isEqualTo(200);
            assertThat(world.call("GET", "/messages", world.asking.token, null).statusCode())
                    .isEqualTo(200);
        } finally {
            System.setErr(console);
        }
        assertThat(wrong).as("seed %d, statuses %s", SEED, statuses).isEmpty();
        assertThat(log.toString(StandardCharsets.UTF_8).lines().filter(line -> line.contains(" ERROR ")))
                .as("seed %d", SEED)
                .isEmpty();
        assertThat(statuses.keySet()).contains(200, 201, 400, 404, 422);
    }

    private void send(World world, FuzzedRequests requests, FuzzedRequests.Request made) throws InterruptedException {
        boolean managing = made.path().contains("/management/");
        // The other's organization is not for the partner of this test to touch.
        if (managing && (made.path().contains(world.other.id) || made.method().equals("DELETE"))) {
            return;
        }
        HttpRequest.Builder building = HttpRequest.newBuilder(URI.create(world.server.url() + made.path()))
                .timeout(PATIENCE)
                .method(
                        made.method(),
                        made.body() == null ? BodyPublishers.noBody() : BodyPublishers.ofString(made.body()))
                .header("Authorization", "Bearer " + (managing ? World.PARTNER : world.asking.token));
        if (!made.headers().contains("Content-Type")) {
            building.header("Content-Type", made.path().contains("/operations") ? World.ATOMIC : "application/json");
        }
        for (int i = 0; i < made.headers().size(); i += 2) {
            building.header(made.headers().get(i), made.headers().get(i + 1));
        }
        HttpRequest request = building.build();
        try {
            HttpResponse<String> answer = answer(request);
            if (answer.statusCode() == 201) {
                requests.learn(Json.MAPPER.readTree(answer.body()).path("data"));
            }
            judge(world, made, request, answer);
        } catch (IOException | AssertionError e) {
            wrong.add(
                    e.getMessage() + "\n  " + curl(world, made) + "\nafter, maybe on the same connection\n  " + before);
        }
        before = curl(world, made);
    }

    /** Sends these very bytes, one for each character; what there is to say to them is that they are wrong. */
    private void raw(World world, String line, String body) throws IOException {
        String answer = HttpClients.raw(
                URI.create(world.server.url()).getPort(),
                line
                        + "\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\nAuthorization: Bearer "
                        + world.asking.token + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
        if (!answer.startsWith("HTTP/1.1 4")) {
            wrong.add(line + " " + body + "\n  " + answer.lines().findFirst().orElse("nothing"));
        }
    }

    private HttpResponse<String> answer(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<InputStream> answer = client.send(request, BodyHandlers.ofInputStream());
        String type = answer.headers().firstValue("Content-Type").orElse("");
        try (InputStream body = answer.body()) {
            // A stream goes on for ever.
            byte[] bytes = type.startsWith("text/event-stream") ? new byte[0] : body.readAllBytes();
            return new ReadAnswer(answer, new String(bytes, StandardCharsets.UTF_8));
        }
    }

    private void judge(World world, FuzzedRequests.Request made, HttpRequest request, HttpResponse<String> answer) {
        statuses.merge(answer.statusCode(), 1, Integer::sum);
        if (answer.statusCode() == 500) {
            wrong.add("500\n  " + curl(world, made));
        }
        // The partner sees every organization.
        boolean managing = made.path().contains("/management/");
        if (!managing
                && (answer.body().contains(world.other.mark) || answer.body().contains(world.other.digits))) {
            wrong.add("shows what is another organization's\n  " + curl(world, made));
        }
        // Files take no notice of a query. More than the document's schemas is accepted on purpose, so bodies are not
        // held.
        boolean file = !made.path().startsWith(World.BASE);
        HttpRequest held = file ? bare(request) : request;
        DocumentCheck.checkUncounted(held, STRICT ? made.body() : null, answer);
    }

    private static HttpRequest bare(HttpRequest request) {
        URI uri = request.uri();
        return HttpRequest.newBuilder(request, (name, value) -> true)
                .uri(URI.create(uri.getScheme() + "://" + uri.getRawAuthority() + uri.getRawPath()))
                .build();
    }

    private static String curl(World world, FuzzedRequests.Request made) {
        StringBuilder line = new StringBuilder("curl -X " + made.method() + " '$URL" + made.path() + "'");
        for (int i = 0; i < made.headers().size(); i += 2) {
            line.append(" -H '")
                    .append(made.headers().get(i))
                    .append(": ")
                    .append(made.headers().get(i + 1))
                    .append('\'');
        }
        if (made.body() != null) {
            String body = made.body().length() > 3000 ? made.body().substring(0, 3000) + "…" : made.body();
            line.append(" -d '").append(body.replace("'", "'\\''")).append('\'');
        }
        return line + "  # seed " + SEED;
    }
}
