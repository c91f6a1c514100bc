package dev.parley.server.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.platform.jsonapi.JsonApi;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** A token that cannot be looked up in time, as when the database hears nothing. */
@NullUnmarked
class SlowAuthenticatorTest {

    @Test
    void isTheServersFaultAndNotTheClients() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        HttpEdge edge = new HttpEdge(
                token -> {
                    never.await();
                    return null;
                },
                new JsonApi("/public/v2", 32).failures(),
                (method, template, status, nanos) -> {},
                () -> "id");
        HttpOptions options =
                HttpOptions.defaults().withTimes(Duration.ofMillis(300), Duration.ofSeconds(10), Duration.ofSeconds(5));
        Route route = Route.of(HttpMethod.POST, "/slow", Access.ORGANIZATION, call -> HttpAnswer.text("never"));
        try (HttpServer server = HttpServer.start(options, edge, List.of(route))) {
            HttpResponse<String> answer =
                    HttpClients.sendMadeUp("POST", server.url() + "/slow", "body", "Authorization", "Bearer some");
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After")).contains("1");
            assertThat(answer.body()).contains("\"overloaded\"").contains("send it again");
        }
    }
}
