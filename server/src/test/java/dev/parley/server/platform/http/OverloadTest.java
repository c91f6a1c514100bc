package dev.parley.server.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.server.platform.jsonapi.JsonApi;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** More than the server bears at once: some of it is refused, none of it breaks, and afterwards all is as before. */
@NullUnmarked
final class OverloadTest {

    private static final int BODY = 300_000;
    private static final int BUDGET = 1 << 20;

    private final CountDownLatch go = new CountDownLatch(1);
    private final AtomicInteger entered = new AtomicInteger();
    private final AtomicLong highest = new AtomicLong();
    private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
    private HttpServer server;

    private void start(long budget, int requests, Duration deadline) throws Exception {
        HttpEdge edge =
                new HttpEdge(token -> null, new JsonApi("/public/v2", 32).failures(), HttpObserver.NONE, () -> "id");
        Route hold = Route.of(HttpMethod.POST, "/hold", Access.PUBLIC, call -> {
            entered.incrementAndGet();
            highest.accumulateAndGet(server.load().bodyBytes(), Math::max);
            go.await();
            return HttpAnswer.text("held");
        });
        Route fail = Route.of(HttpMethod.POST, "/fail", Access.PUBLIC, call -> {
            throw new IllegalStateException("on purpose");
        });
        server = HttpServer.start(
                HttpOptions.defaults()
                        .withLimits(1 << 20, budget, 1_000, requests)
                        .withTimes(deadline, Duration.ofSeconds(30), Duration.ofSeconds(2)),
                edge,
                List.of(hold, fail));
    }

    @AfterEach
    void stop() {
        go.countDown();
        clients.shutdownNow();
        server.close();
    }

    @Test
    void boundsTheBytesOfAllBodiesAndRefusesTheRest() throws Exception {
        start(BUDGET, 4_096, Duration.ofSeconds(30));
        List<Future<HttpResponse<String>>> answers = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            answers.add(clients.submit(() -> post("/hold", BODY)));
        }
        await().untilAsserted(() -> assertThat(entered.get() + done(answers)).isEqualTo(24));
        assertThat(entered.get()).isBetween(1, BUDGET / BODY);
        assertThat(server.load().bodyBytes()).isBetween((long) BODY, (long) BUDGET);
        go.countDown();
        int served = 0;
        for (Future<HttpResponse<String>> answer : answers) {
            int status = answer.get().statusCode();
            assertThat(status).isIn(200, 503);
            assertThat(answer.get().headers().firstValue("Retry-After").isPresent())
                    .isEqualTo(status == 503);
            served += status == 200 ? 1 : 0;
        }
        assertThat(served).isEqualTo(entered.get());
        assertThat(highest.get()).isLessThanOrEqualTo(BUDGET);
        backToNormal();
    }

    @Test
    void givesBackWhatIsHeldHoweverARequestEnds() throws Exception {
        start(BUDGET, 4_096, Duration.ofMillis(1_500));
        assertThat(post("/fail", BODY).statusCode()).isEqualTo(500);
        assertThat(post("/hold", BUDGET + 1).statusCode()).isIn(413, 503);
        assertThat(post("/hold", BODY).statusCode()).isEqualTo(503);
        await().untilAsserted(() -> assertThat(server.load().bodyBytes()).isZero());
        try (Socket cut = half()) {
            await().untilAsserted(() -> assertThat(server.load().bodyBytes()).isPositive());
            cut.setSoLinger(true, 0);
        }
        await().untilAsserted(() -> assertThat(server.load().bodyBytes()).isZero());
        try (Socket late = half()) {
            assertThat(new String(late.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                    .isEqualTo("HTTP/1.1 408");
        }
        backToNormal();
    }

    @Test
    void refusesRequestsBeyondThoseThatCanBeWorkedOn() throws Exception {
        start(BUDGET, 2, Duration.ofSeconds(30));
        List<Future<HttpResponse<String>>> held =
                List.of(clients.submit(() -> post("/hold", 3)), clients.submit(() -> post("/hold", 3)));
        await().untilAsserted(() -> assertThat(server.load().requests()).isEqualTo(2));
        HttpResponse<String> refused = post("/hold", 3);
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.body()).contains("\"code\":\"overloaded\"");
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        go.countDown();
        for (Future<HttpResponse<String>> one : held) {
            assertThat(one.get().statusCode()).isEqualTo(200);
        }
        backToNormal();
    }

    private void backToNormal() {
        go.countDown();
        await().untilAsserted(() -> {
            assertThat(server.load().bodyBytes()).isZero();
            assertThat(server.load().requests()).isZero();
        });
        assertThat(post("/hold", BODY).statusCode()).isEqualTo(200);
    }

    private HttpResponse<String> post(String path, int bytes) {
        return HttpClients.sendMadeUp("POST", server.url() + path, "x".repeat(bytes));
    }

    private Socket half() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.setSoTimeout(20_000);
        String text = "POST /hold HTTP/1.1\r\nHost: x\r\nContent-Length: " + BODY + "\r\n\r\n" + "x".repeat(BODY / 2);
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static int done(List<? extends Future<?>> answers) {
        return (int) answers.stream().filter(Future::isDone).count();
    }
}
