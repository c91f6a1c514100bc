package dev.parley.server.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.platform.jsonapi.JsonApi;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A refusal that comes before a small body says whether the connection goes on. */
@NullUnmarked
class UnreadBodyTest {

    private HttpServer server;

    @BeforeEach
    void start() throws Exception {
        HttpEdge edge =
                new HttpEdge(token -> null, new JsonApi("/public/v2", 32).failures(), HttpObserver.NONE, () -> "id");
        Route route = Route.of(HttpMethod.POST, "/things", Access.ORGANIZATION, call -> HttpAnswer.empty(204));
        server = HttpServer.start(HttpOptions.defaults(), edge, List.of(route));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private String answer(String body) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(10_000);
            String request = "POST /things HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n" + body;
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                int next = socket.getInputStream().read();
                assertThat(next).as("cut off after " + head).isNotNegative();
                head.append((char) next);
            }
            return head.toString();
        }
    }

    @Test
    void theConnectionIsClosedByWordWhenTheBodyIsNotHereYet() throws IOException {
        assertThat(answer("")).startsWith("HTTP/1.1 401 ").contains("Connection: close");
        assertThat(answer("{}")).startsWith("HTTP/1.1 401 ").doesNotContain("Connection: close");
    }
}
