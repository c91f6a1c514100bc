package dev.parley.server.surface;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.platform.http.HttpClients;
import dev.parley.server.wiring.RunningServer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every operation of the document answers at the limits of a server, each with one that has hardly any. */
@NullUnmarked
class DocumentedLimitsTest {

    private static final String CANDIDATE =
            "{\"data\":{\"type\":\"candidates\",\"attributes\":{\"phone\":\"31612345678\"}}}";

    @TempDir
    Path folder;

    private RunningServer server;
    private String token;

    @Test
    void bodyThatIsTooLargeIsRefusedEverywhere() {
        String large = "{\"data\":\"" + "x".repeat(2_000) + "\"}";
        Map<String, String> settings = Map.of(
                "limits.body.message", "1KiB",
                "limits.body.callback", "1KiB",
                "limits.body.other", "1KiB",
                "limits.body.many", "1KiB");
        with(settings, () -> {
            for (DocumentedCase.Described operation : answering(413)) {
                HttpResponse<String> answer = send(operation, large);
                assertThat(answer.statusCode()).as("%s", operation).isEqualTo(413);
                assertThat(answer.body()).contains("body_too_large");
            }
        });
    }

    @Test
    void whoAsksTooOftenIsRefusedEverywhere() {
        Map<String, String> settings = Map.of("limits.tokenRequestsPerSecond", "1", "limits.requestBurst", "1s");
        with(settings, () -> {
            for (DocumentedCase.Described operation : answering(429)) {
                HttpResponse<String> answer = untilRefused(operation, 429);
                assertThat(answer.body()).contains("rate_limited");
                assertThat(answer.headers().firstValue("Retry-After")).isPresent();
            }
        });
    }

    @Test
    void requestBesideTheMostThatAreWorkedOnIsRefusedEverywhere() {
        with(Map.of("limits.requestsAtOnce", "1"), () -> {
            try (Connection connection = server.connect();
                    Statement statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                statement.execute("lock table candidates in access exclusive mode");
                Thread waiting = Thread.ofVirtual().start(this::waitForTheLock);
                for (DocumentedCase.Described operation : answering(503)) {
                    HttpResponse<String> answer = untilRefused(operation, 503);
                    assertThat(answer.body()).contains("overloaded");
                    assertThat(answer.headers().firstValue("Retry-After")).isPresent();
                }
                waiting.interrupt();
            }
        });
    }

    /** There is one that waits, as soon as another was given up. */
    private void waitForTheLock() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                server.api("POST", "/candidates", token, CANDIDATE);
            } catch (AssertionError interrupted) {
                return;
            }
        }
    }

    @Test
    void bodyThatDoesNotComeIsGivenUp() {
        with(Map.of("limits.requestTime", "300ms"), () -> {
            URI uri = URI.create(server.url() + "/callbacks/web/" + DocumentedCase.NONE);
            HttpRequest meant =
                    HttpRequest.newBuilder(uri).POST(BodyPublishers.noBody()).build();
            HttpResponse<String> answer = HttpClients.raw(
                    meant,
                    "POST " + uri.getPath() + " HTTP/1.1\r\nHost: x\r\nContent-Length: 50\r\n\r\nonly this much");
            assertThat(answer.statusCode()).isEqualTo(408);
            assertThat(answer.body()).contains("request_timeout");
        });
    }

    @Test
    void databaseThatIsNotAsItWasMadeIsAFaultOfTheServer() {
        with(Map.of(), () -> {
            server.sql("alter table candidates rename to candidates_elsewhere");
            HttpResponse<String> answer = server.api("GET", "/candidates", token, null);
            assertThat(answer.statusCode()).isEqualTo(500);
            assertThat(answer.body()).contains("internal_error").doesNotContain("candidates_elsewhere");
        });
    }

    private interface Trial {
        void run() throws Exception;
    }

    private void with(Map<String, String> settings, Trial trial) {
        try (RunningServer running = new RunningServer(folder.resolve("data"), World.PARTNER, settings)) {
            server = running;
            token = running.make("/management/organizations", World.PARTNER, "organizations", Map.of("name", "Limited"))
                    .at("/attributes/token")
                    .asString();
            trial.run();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static List<DocumentedCase.Described> answering(int status) {
        List<DocumentedCase.Described> all = DocumentedCase.everywhere()
                .filter(operation -> operation.answers(status))
                .toList();
        assertThat(all).hasSizeGreaterThan(50);
        return all;
    }

    /** The limit is one of time, so the first may pass. */
    private HttpResponse<String> untilRefused(DocumentedCase.Described operation, int status) {
        List<Integer> others = new ArrayList<>();
        while (others.size() < 20) {
            HttpResponse<String> answer = send(operation, null);
            if (answer.statusCode() == status) {
                return answer;
            }
            others.add(answer.statusCode());
        }
        throw new AssertionError(operation + " was never answered " + status + " but " + others);
    }

    /** With the token that the path is for; a stream that should not open is asked for a cursor that is none. */
    private HttpResponse<String> send(DocumentedCase.Described operation, String body) {
        String path = operation.item().template().replaceAll("\\{[^}]*}", DocumentedCase.NONE);
        String by = path.contains("/management/") ? World.PARTNER : token;
        return server.raw(
                operation.method(),
                path,
                body,
                "Authorization",
                "Bearer " + by,
                "Content-Type",
                path.endsWith("/operations") ? World.ATOMIC : "application/json",
                "Last-Event-ID",
                "none");
    }
}
