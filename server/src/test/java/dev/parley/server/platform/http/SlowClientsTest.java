package dev.parley.server.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.server.platform.jsonapi.JsonApi;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Clients that take their time: they are cut in a bounded time, and others are served meanwhile. */
@NullUnmarked
final class SlowClientsTest {

    private static final Duration SHORT = Duration.ofSeconds(2);
    private static final Duration LONG = Duration.ofMinutes(2);
    private static final int MANY = 32 << 20;
    private static final String HEAD = "POST /large HTTP/1.1\r\nHost: x\r\nConnection: close\r\n";

    private final ScheduledExecutorService trickle = Executors.newSingleThreadScheduledExecutor();
    private HttpServer server;

    private void start(HttpOptions options) throws Exception {
        HttpEdge edge =
                new HttpEdge(token -> null, new JsonApi("/public/v2", 32).failures(), HttpObserver.NONE, () -> "id");
        server = HttpServer.start(
                options,
                edge,
                List.of(
                        Route.of(HttpMethod.GET, "/quick", Access.PUBLIC, call -> HttpAnswer.text("quick")),
                        Route.of(HttpMethod.GET, "/many", Access.PUBLIC, call -> HttpAnswer.text("x".repeat(MANY))),
                        Route.of(
                                        HttpMethod.POST,
                                        "/large",
                                        Access.PUBLIC,
                                        call -> HttpAnswer.text(String.valueOf(call.body().length)))
                                .withBodyLimit(64 << 20)));
    }

    @AfterEach
    void stop() {
        trickle.shutdownNow();
        server.close();
    }

    @Test
    void cutsARequestWhoseHeadComesByteByByte() throws Exception {
        start(HttpOptions.defaults().withTimes(LONG, SHORT, SHORT));
        try (Socket socket = connect("GET /quick HTTP/1.1\r\nHost: x\r\nX: ")) {
            every(50, socket, "y");
            quickIsServed();
            assertThat(rest(socket)).startsWith("HTTP/1.1 408").contains("request_timeout");
        }
        await().untilAsserted(() -> assertThat(server.load().cutConnections()).isEqualTo(1));
    }

    @Test
    void cutsTheNextRequestOfAConnectionLikeTheFirst() throws Exception {
        start(HttpOptions.defaults().withTimes(LONG, SHORT, SHORT));
        try (Socket socket = connect("GET /quick HTTP/1.1\r\nHost: x\r\n\r\nGET /qui")) {
            every(50, socket, "y");
            assertThat(rest(socket)).startsWith("HTTP/1.1 200").contains("HTTP/1.1 408");
        }
    }

    @Test
    void cutsABodyThatComesByteByByte() throws Exception {
        start(HttpOptions.defaults().withTimes(SHORT, LONG, SHORT));
        try (Socket socket = connect(HEAD + "Content-Length: 60000000\r\n\r\n")) {
            every(50, socket, "y");
            quickIsServed();
            assertThat(rest(socket)).startsWith("HTTP/1.1 408").contains("request_timeout");
        }
        await().untilAsserted(() -> assertThat(server.load().bodyBytes()).isZero());
    }

    @Test
    void cutsABodyThatCameFastAtFirst() throws Exception {
        start(HttpOptions.defaults().withTimes(SHORT, LONG, SHORT));
        try (Socket socket = connect(HEAD + "Content-Length: 60000000\r\n\r\n" + "x".repeat(1_000_000))) {
            every(50, socket, "y");
            assertThat(rest(socket)).startsWith("HTTP/1.1 408");
        }
    }

    @Test
    void letsABodyGoOnThatComesFastEnough() throws Exception {
        // Four times as fast as it must be, and longer than a small body may take.
        start(HttpOptions.defaults()
                .withTimes(Duration.ofSeconds(2), LONG, SHORT)
                .withSlowest(1_000));
        int parts = 60;
        try (Socket socket = connect(HEAD + "Content-Length: " + parts * 200 + "\r\n\r\n")) {
            every(50, socket, "y".repeat(200));
            assertThat(rest(socket)).startsWith("HTTP/1.1 200").endsWith("\r\n\r\n" + parts * 200);
        }
    }

    @Test
    void cutsAClientThatDoesNotTakeItsAnswer() throws Exception {
        start(HttpOptions.defaults().withTimes(SHORT, LONG, SHORT).withSlowest(100 << 20));
        try (Socket socket = connect("GET /many HTTP/1.1\r\nHost: x\r\n\r\n")) {
            quickIsServed();
            await().untilAsserted(
                            () -> assertThat(server.load().cutConnections()).isEqualTo(1));
            assertThat(taken(socket)).isLessThan(MANY);
        }
        await().untilAsserted(() -> assertThat(server.load().openConnections()).isLessThanOrEqualTo(1));
    }

    @Test
    void closesIdleConnectionsWhileOthersAreServed() throws Exception {
        start(HttpOptions.defaults().withTimes(LONG, SHORT, SHORT));
        List<Socket> idle = new ArrayList<>();
        try {
            for (int i = 0; i < 500; i++) {
                idle.add(connect(""));
            }
            quickIsServed();
            await().untilAsserted(
                            () -> assertThat(server.load().openConnections()).isLessThanOrEqualTo(1));
        } finally {
            for (Socket socket : idle) {
                socket.close();
            }
        }
    }

    private void quickIsServed() {
        assertThat(HttpClients.send("GET", server.url() + "/quick", null).statusCode())
                .isEqualTo(200);
    }

    private Socket connect(String first) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.setSoTimeout(20_000);
        socket.getOutputStream().write(first.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private void every(int milliseconds, Socket socket, String text) throws IOException {
        OutputStream out = socket.getOutputStream();
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        Future<?> unused = trickle.scheduleAtFixedRate(
                () -> {
                    try {
                        out.write(bytes);
                    } catch (IOException e) {
                        // It was cut, which ends the schedule.
                        throw new IllegalStateException(e);
                    }
                },
                0,
                milliseconds,
                TimeUnit.MILLISECONDS);
    }

    private static String rest(Socket socket) throws IOException {
        StringBuilder all = new StringBuilder();
        byte[] chunk = new byte[4096];
        try {
            for (int n = socket.getInputStream().read(chunk);
                    n >= 0;
                    n = socket.getInputStream().read(chunk)) {
                all.append(new String(chunk, 0, n, StandardCharsets.US_ASCII));
            }
        } catch (SocketException reset) {
            // What came before counts.
        }
        return all.toString();
    }

    private static long taken(Socket socket) {
        long all = 0;
        byte[] chunk = new byte[64 << 10];
        try {
            for (int n = socket.getInputStream().read(chunk);
                    n >= 0;
                    n = socket.getInputStream().read(chunk)) {
                all += n;
            }
        } catch (IOException reset) {
            return all;
        }
        return all;
    }
}
