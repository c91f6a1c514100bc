package dev.parley.server.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests per organization and token, as a client sees them. */
final class RequestLimitTest {

    private static final String PARTNER = "partner-token-of-limits";

    @Test
    void refusesWhatIsTooOften(@TempDir Path folder) {
        Map<String, String> settings = Map.of(
                "limits.organizationRequestsPerSecond", "1",
                "limits.requestBurst", "20s");
        try (RunningServer server = new RunningServer(folder.resolve("data"), PARTNER, settings)) {
            String token = token(server, "Busy");
            Map<Integer, Integer> statuses = new HashMap<>();
            List<HttpResponse<String>> refused = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                HttpResponse<String> answer =
                        server.api("GET", i % 2 == 0 ? "/candidates" : "/messages/none", token, null);
                statuses.merge(answer.statusCode(), 1, Integer::sum);
                assertThat(answer.headers().firstValue("RateLimit").orElse(""))
                        .matches("\"organization\";r=\\d+;t=\\d+");
                assertThat(answer.headers().firstValue("RateLimit-Policy")).contains("\"organization\";q=20;w=20");
                if (answer.statusCode() == 429) {
                    refused.add(answer);
                }
            }
            assertThat(statuses.get(200)).isGreaterThanOrEqualTo(10);
            assertThat(statuses.get(404)).isGreaterThanOrEqualTo(10);
            assertThat(refused).isNotEmpty().allSatisfy(answer -> {
                assertThat(answer.body()).contains("\"code\":\"rate_limited\"");
                assertThat(answer.headers().firstValueAsLong("Retry-After").orElse(0))
                        .isPositive();
            });

            // Whoever is refused is refused before its body is looked at; others, and the partner, are not.
            HttpResponse<String> post = server.api("POST", "/messages", token, "no JSON");
            assertThat(post.statusCode()).isEqualTo(429);
            assertThat(server.api("GET", "/candidates", token(server, "Quiet"), null)
                            .statusCode())
                    .isEqualTo(200);
            HttpResponse<String> managed = server.api("GET", "/management/organizations", PARTNER, null);
            assertThat(managed.statusCode()).isEqualTo(200);
            assertThat(managed.headers().firstValue("RateLimit")).isEmpty();
            assertThat(
                            server.metric(
                                    "parley_http_requests_seconds_count{method=\"POST\",route=\"/public/v2/messages\",status=\"429\"}"))
                    .isEqualTo(1);
            assertThat(server.metric("parley_http_body_bytes_limit")).isGreaterThanOrEqualTo(32 << 20);
            assertThat(server.metric("parley_http_connections ")).isPositive();
            assertThat(server.hasMetric("parley_http_connections_cut_total")).isTrue();
        }
    }

    private static String token(RunningServer server, String name) {
        return server.make("/management/organizations", PARTNER, "organizations", Map.of("name", name))
                .at("/attributes/token")
                .stringValue();
    }
}
