package dev.parley.server.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.server.platform.jsonapi.JsonApi;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers that are given while the client still sends. */
final class EarlyRefusalTest {

    private static final int LARGE = 24 << 20;
    private static final byte[] CHUNK = new byte[64 << 10];

    private static HttpServer server;

    @BeforeAll
    static void start() throws Exception {
        HttpEdge edge = new HttpEdge(
                token -> token.equals("good") ? Caller.organization(new UUID(1, 1), "good") : null,
                new JsonApi("/public/v2", 32).failures(),
                HttpObserver.NONE,
                () -> "id");
        Route small = Route.of(HttpMethod.POST, "/small", Access.ORGANIZATION, call -> HttpAnswer.text("small"));
        Route busy = Route.of(HttpMethod.POST, "/busy", Access.ORGANIZATION, call -> HttpAnswer.text("busy"))
                .withBodyLimit(4L * LARGE)
                .withIntake(new NoRoom());
        server = HttpServer.start(HttpOptions.defaults(), edge, List.of(small.withBodyLimit(1 << 20), busy));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/busy, good, 503, true", "/busy, good, 503, false",
        "/small, good, 413, true", "/small, good, 413, false",
        "/small, bad, 401, true", "/none, good, 404, true"
    })
    void reachesTheClientOfJava(String path, String token, int status, boolean announced) throws Exception {
        BodyPublisher bytes = BodyPublishers.ofByteArray(new byte[status == 401 || status == 404 ? 4 << 20 : LARGE]);
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.url() + path))
                .version(HttpClient.Version.HTTP_1_1)
                .header("Authorization", "Bearer " + token)
                .POST(announced ? bytes : BodyPublishers.fromPublisher(bytes))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(status);
            assertThat(answer.headers().firstValue("Retry-After").isPresent()).isEqualTo(status == 503);
            assertThat(answer.body()).contains("\"errors\"");
        }
    }

    @ParameterizedTest
    @CsvSource({"/busy, 503", "/small, 413"})
    void reachesAClientThatFirstSendsEverything(String path, int status) throws Exception {
        try (Socket socket = connect(path, LARGE, "")) {
            send(socket.getOutputStream(), LARGE);
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 " + status)
                    .contains("Connection: close");
        }
    }

    @Test
    void reachesAClientThatStopsSendingWhenItIsRefused() throws Exception {
        try (Socket socket = connect("/busy", LARGE, "")) {
            send(socket.getOutputStream(), 1 << 20);
            byte[] first = socket.getInputStream().readNBytes(12);
            assertThat(new String(first, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 503");
        }
    }

    @Test
    void isNotFollowedByAnythingForWhoAsksFirst() throws Exception {
        try (Socket socket = connect("/small", LARGE, "Expect: 100-continue\r\n")) {
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 413")
                    .doesNotContain("100 Continue");
        }
    }

    @Test
    void listensOnlySoLongToAnybody() throws Exception {
        try (Socket socket = connect("/none", 1 << 30, "")) {
            OutputStream out = socket.getOutputStream();
            assertThatThrownBy(() -> send(out, 1 << 30)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void leavesTheConnectionOpenWhenTheBodyIsThere() throws Exception {
        String request = "POST /none HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nbody";
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            byte[] two = (request + request.replace("Host: x", "Host: x\r\nConnection: close"))
                    .getBytes(StandardCharsets.US_ASCII);
            socket.getOutputStream().write(two);
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                            .split("HTTP/1.1 404", -1))
                    .hasSize(3);
        }
    }

    private static Socket connect(String path, int length, String more) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.setSoTimeout(20_000);
        socket.getOutputStream()
                .write(("POST " + path + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer good\r\n" + more
                                + "Content-Length: " + length + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static void send(OutputStream out, int bytes) throws IOException {
        for (int left = bytes; left > 0; left -= CHUNK.length) {
            out.write(CHUNK, 0, Math.min(left, CHUNK.length));
        }
    }

    private static final class NoRoom implements BodyIntake {
        @Override
        public int threshold() {
            return 1_000;
        }

        @Override
        public long rest() {
            return 1_000;
        }

        @Override
        public @Nullable Taking begin() {
            return null;
        }
    }
}
