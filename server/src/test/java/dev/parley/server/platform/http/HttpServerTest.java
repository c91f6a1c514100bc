package dev.parley.server.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.server.platform.jsonapi.JsonApi;
import dev.parley.server.platform.net.CidrList;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@NullUnmarked
class HttpServerTest {

    private static final UUID ORGANIZATION = UUID.fromString("0197a000-0000-7000-8000-000000000001");
    private static final HttpOptions OPTIONS = HttpOptions.defaults()
            .withTimes(Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(5))
            .withLimits(64, 1 << 20, 1_000, 256);

    private final AtomicReference<HttpCall> seen = new AtomicReference<>();
    private final ConcurrentLinkedQueue<String> observed = new ConcurrentLinkedQueue<>();
    private final AtomicInteger ids = new AtomicInteger();
    private HttpServer server;

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    private String start(HttpOptions options, Route... routes) throws Exception {
        HttpEdge edge = new HttpEdge(
                HttpServerTest::authenticate,
                new JsonApi("/public/v2", 32).failures(),
                (method, template, status, nanos) -> observed.add(method + " " + template + " " + status),
                () -> "fresh-" + ids.incrementAndGet());
        server = HttpServer.start(options, edge, List.of(routes));
        return server.url();
    }

    private static Caller authenticate(String token) {
        return switch (token) {
            case "partner" -> Caller.partner("partner");
            case "organization" -> Caller.organization(ORGANIZATION, "organization");
            default -> null;
        };
    }

    private Route echo(HttpMethod method, String template, Access access) {
        return Route.of(method, template, access, call -> {
            seen.set(call);
            return HttpAnswer.text(new String(call.body(), StandardCharsets.UTF_8));
        });
    }

    @Test
    void findsTheRouteAndDecodesWhatCameWithIt() throws Exception {
        String url = start(OPTIONS, echo(HttpMethod.POST, "/things/{id}/parts/{part}", Access.PUBLIC));
        HttpResponse<String> answer = HttpClients.send(
                "POST", url + "/things/a%20b/parts/%C3%A9/?x=1&y=a+b%26c&x=2&z", "body", "X-Thing", "t");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("body");
        HttpCall call = seen.get();
        assertThat(call.pathParameter("id")).isEqualTo("a b");
        assertThat(call.pathParameter("part")).isEqualTo("é");
        assertThat(call.query())
                .containsExactly(
                        new QueryParameter("x", "1"),
                        new QueryParameter("y", "a b&c"),
                        new QueryParameter("x", "2"),
                        new QueryParameter("z", ""));
        assertThat(call.headers().first("x-THING")).isEqualTo("t");
        assertThat(call.remote()).isEqualTo("127.0.0.1");
        assertThat(call.baseUrl()).isEqualTo(url);
    }

    @Test
    void prefersAnExactSegmentToAParameter() throws Exception {
        String url = start(
                OPTIONS,
                Route.of(HttpMethod.GET, "/a/{id}", Access.PUBLIC, call -> HttpAnswer.text("parameter")),
                Route.of(HttpMethod.GET, "/a/b", Access.PUBLIC, call -> HttpAnswer.text("exact")),
                Route.of(HttpMethod.GET, "/a/{id}/c", Access.PUBLIC, call -> HttpAnswer.text("deeper")));
        assertThat(HttpClients.send("GET", url + "/a/x", null).body()).isEqualTo("parameter");
        assertThat(HttpClients.send("GET", url + "/a/b", null).body()).isEqualTo("exact");
        assertThat(HttpClients.send("GET", url + "/a/b/c", null).body()).isEqualTo("deeper");
    }

    @Test
    void refusesUnknownPathsAndMethods() throws Exception {
        String url = start(
                OPTIONS,
                echo(HttpMethod.GET, "/a", Access.PARTNER),
                echo(HttpMethod.POST, "/a", Access.PARTNER),
                echo(HttpMethod.DELETE, "/b", Access.PUBLIC));
        assertThat(HttpClients.send("GET", url + "/none", null).statusCode()).isEqualTo(404);
        HttpResponse<String> wrong = HttpClients.send("PATCH", url + "/a", "");
        assertThat(wrong.statusCode()).isEqualTo(405);
        assertThat(wrong.headers().firstValue("Allow")).contains("GET, POST, HEAD, OPTIONS");
        assertThat(HttpClients.send("BREW", url + "/b", null).headers().firstValue("Allow"))
                .contains("DELETE, OPTIONS");
        HttpResponse<String> options = HttpClients.send("OPTIONS", url + "/a", null);
        assertThat(options.statusCode()).isEqualTo(204);
        assertThat(options.headers().firstValue("Allow")).contains("GET, POST, HEAD, OPTIONS");
    }

    @Test
    void answersHeadWithTheLengthAlone() throws Exception {
        start(OPTIONS, Route.of(HttpMethod.GET, "/a", Access.PUBLIC, call -> HttpAnswer.text("seven!!")));
        String answer = HttpClients.raw(server.port(), "HEAD /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        assertThat(answer)
                .startsWith("HTTP/1.1 200")
                .contains("Content-Length: 7")
                .endsWith("\r\n\r\n");
    }

    @Test
    void tellsNothingAboutTheServer() throws Exception {
        start(OPTIONS, Route.of(HttpMethod.GET, "/a", Access.PUBLIC, call -> HttpAnswer.text("x")));
        String answer = HttpClients.raw(server.port(), "GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        assertThat(answer.toLowerCase(Locale.ROOT)).doesNotContain("server:").doesNotContain("jetty");
    }

    @Test
    void asksForTheTokenOfTheRightKind() throws Exception {
        String url = start(OPTIONS, echo(HttpMethod.GET, "/a", Access.ORGANIZATION));
        HttpResponse<String> none = HttpClients.send("GET", url + "/a", null);
        assertThat(none.statusCode()).isEqualTo(401);
        assertThat(none.headers().firstValue("WWW-Authenticate")).contains("Bearer");
        assertThat(HttpClients.send("GET", url + "/a", null, "Authorization", "Bearer nobody")
                        .statusCode())
                .isEqualTo(401);
        assertThat(HttpClients.send("GET", url + "/a", null, "Authorization", "Bearer partner")
                        .statusCode())
                .isEqualTo(403);
        assertThat(HttpClients.send("GET", url + "/a", null, "Authorization", "bearer organization")
                        .statusCode())
                .isEqualTo(200);
        assertThat(HttpClients.send("GET", url + "/a", null, "Authorization", "organization")
                        .statusCode())
                .isEqualTo(200);
        assertThat(seen.get().requireCaller().organization()).isEqualTo(ORGANIZATION);
    }

    @Test
    void looksAtTheTokenBeforeTheBody() throws Exception {
        start(OPTIONS, echo(HttpMethod.POST, "/a", Access.ORGANIZATION));
        String answer = HttpClients.raw(
                server.port(), "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 50\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 401");
    }

    @Test
    void refusesBodiesBeyondTheLimitAnnouncedOrChunked() throws Exception {
        String url = start(
                OPTIONS,
                echo(HttpMethod.POST, "/a", Access.PUBLIC),
                echo(HttpMethod.POST, "/large", Access.PUBLIC).withBodyLimit(100_000));
        assertThat(HttpClients.send("POST", url + "/a", "x".repeat(64)).body()).hasSize(64);
        HttpResponse<String> announced = HttpClients.send("POST", url + "/a", "x".repeat(65));
        assertThat(announced.statusCode()).isEqualTo(413);
        assertThat(announced.body())
                .contains("body_too_large")
                .contains("at most 64 bytes")
                .contains("\"limit\":64");
        assertThat(chunked(url + "/a", 64).statusCode()).isEqualTo(200);
        assertThat(chunked(url + "/a", 65).statusCode()).isEqualTo(413);
        assertThat(chunked(url + "/large", 100_000).body()).hasSize(100_000);
        assertThat(chunked(url + "/large", 100_001).statusCode()).isEqualTo(413);
    }

    private static HttpResponse<String> chunked(String url, int bytes) {
        byte[] body = "x".repeat(bytes).getBytes(StandardCharsets.UTF_8);
        return HttpClients.send(HttpRequest.newBuilder(URI.create(url))
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))
                .build());
    }

    @Test
    void boundsTheMemoryOfAllBodiesAndGivesItBack() throws Exception {
        String url = start(
                OPTIONS.withLimits(64, 70_000, 1_000, 256),
                echo(HttpMethod.POST, "/large", Access.PUBLIC).withBodyLimit(100_000));
        for (int i = 0; i < 5; i++) {
            assertThat(chunked(url + "/large", 40_000).statusCode()).isEqualTo(200);
            HttpResponse<String> shed = chunked(url + "/large", 90_000);
            assertThat(shed.statusCode()).isEqualTo(503);
            assertThat(shed.headers().firstValue("Retry-After")).contains("1");
        }
    }

    @Test
    void givesEachAnswerItsRequestId() throws Exception {
        String url = start(OPTIONS, echo(HttpMethod.GET, "/a", Access.PUBLIC));
        assertThat(id(HttpClients.send("GET", url + "/a", null))).isEqualTo("fresh-1");
        assertThat(id(HttpClients.send("GET", url + "/none", null, "X-Request-Id", "Mine_1.~-")))
                .isEqualTo("Mine_1.~-");
        assertThat(id(HttpClients.send("GET", url + "/a", null, "X-Request-Id", "no spaces")))
                .isEqualTo("fresh-2");
        assertThat(id(HttpClients.send("GET", url + "/a", null, "X-Request-Id", "x".repeat(128))))
                .hasSize(128);
        assertThat(id(HttpClients.send("GET", url + "/a", null, "X-Request-Id", "x".repeat(129))))
                .isEqualTo("fresh-3");
    }

    private static String id(HttpResponse<?> answer) {
        return answer.headers().firstValue("X-Request-Id").orElseThrow();
    }

    @Test
    void turnsAnExceptionIntoA500WithoutItsText() throws Exception {
        String url = start(OPTIONS, Route.of(HttpMethod.GET, "/a", Access.PUBLIC, call -> {
            throw new IOException("the secret");
        }));
        HttpResponse<String> answer = HttpClients.send("GET", url + "/a", null, "X-Request-Id", "r1");
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).contains("internal_error").contains("\"requestId\":\"r1\"");
        assertThat(answer.body()).doesNotContain("secret");
        String logged = FailureLog.describe(new IllegalStateException("one", new IOException("two")));
        assertThat(logged)
                .contains("IllegalStateException")
                .contains("caused by java.io.IOException")
                .doesNotContain("one\n")
                .doesNotContain("two");
    }

    @Test
    void endsAHandlerThatTakesTooLong() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        String url = start(
                OPTIONS.withTimes(Duration.ofMillis(300), Duration.ofSeconds(10), Duration.ofSeconds(5)),
                Route.of(HttpMethod.GET, "/slow", Access.PUBLIC, call -> {
                    try {
                        never.await();
                        return HttpAnswer.text("never");
                    } catch (InterruptedException e) {
                        interrupted.complete(true);
                        throw e;
                    }
                }),
                echo(HttpMethod.GET, "/quick", Access.PUBLIC));
        HttpResponse<String> answer = HttpClients.send("GET", url + "/slow", null);
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("outcome_unknown");
        assertThat(interrupted).succeedsWithin(Duration.ofSeconds(5));
        assertThat(HttpClients.send("GET", url + "/quick", null).statusCode()).isEqualTo(200);
    }

    @Test
    void endsABodyThatComesTooSlowly() throws Exception {
        start(
                OPTIONS.withTimes(Duration.ofMillis(300), Duration.ofSeconds(10), Duration.ofSeconds(5)),
                echo(HttpMethod.POST, "/a", Access.PUBLIC));
        String answer = HttpClients.raw(
                server.port(), "POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 50\r\n\r\nonly this much");
        assertThat(answer).startsWith("HTTP/1.1 408").contains("request_timeout");
        assertThat(seen.get()).isNull();
    }

    @Test
    void closesSilentConnections() throws Exception {
        start(
                OPTIONS.withTimes(Duration.ofSeconds(10), Duration.ofMillis(300), Duration.ofSeconds(5)),
                echo(HttpMethod.GET, "/a", Access.PUBLIC));
        assertThat(HttpClients.raw(server.port(), "GET /a HTTP/1.1\r\nHost: x\r\n\r\n"))
                .startsWith("HTTP/1.1 200");
        HttpClients.raw(server.port(), "GET /a HTT");
    }

    @Test
    void answersWhatIsNotHttpInItsOwnWords() throws Exception {
        start(OPTIONS, echo(HttpMethod.GET, "/a", Access.PUBLIC));
        String close = "Host: x\r\nConnection: close\r\n\r\n";
        assertThat(HttpClients.raw(server.port(), "GET /a HTTP/1.1\r\nX: " + "y".repeat(20_000) + "\r\n" + close))
                .startsWith("HTTP/1.1 431")
                .contains("headers_too_large")
                .contains("X-Request-Id");
        assertThat(HttpClients.raw(server.port(), "GET /%2e%2e/a%00 HTTP/1.1\r\n" + close))
                .startsWith("HTTP/1.1 4")
                .contains("\"errors\"");
        assertThat(HttpClients.raw(server.port(), "GET /a?x=%ff HTTP/1.1\r\n" + close))
                .startsWith("HTTP/1.1 400")
                .contains("invalid_query_parameter");
        assertThat(HttpClients.raw(server.port(), "GET /a?x=%zz HTTP/1.1\r\n" + close))
                .startsWith("HTTP/1.1 400");
    }

    @Test
    void believesTrustedProxiesAlone() throws Exception {
        Route route = echo(HttpMethod.GET, "/a", Access.PUBLIC);
        String url = start(OPTIONS.behind(CidrList.parse("127.0.0.0/8,10.0.0.0/8"), null), route);
        HttpClients.send(
                "GET",
                url + "/a",
                null,
                "X-Forwarded-For",
                "1.1.1.1, 203.0.113.9, 10.1.2.3",
                "X-Forwarded-Proto",
                "https");
        assertThat(seen.get().remote()).isEqualTo("203.0.113.9");
        assertThat(seen.get().baseUrl()).isEqualTo(url.replace("http:", "https:"));
        HttpClients.send("GET", url + "/a", null, "X-Forwarded-For", "example.org");
        assertThat(seen.get().remote()).isEqualTo("127.0.0.1");
        server.close();
        url = start(OPTIONS.behind(CidrList.NONE, URI.create("https://parley.example/")), route);
        HttpClients.send("GET", url + "/a", null, "X-Forwarded-For", "203.0.113.9");
        assertThat(seen.get().remote()).isEqualTo("127.0.0.1");
        assertThat(seen.get().baseUrl()).isEqualTo("https://parley.example");
    }

    @Test
    void letsRequestsFinishWhenItStops() throws Exception {
        CountDownLatch began = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        String url = start(OPTIONS, Route.of(HttpMethod.GET, "/a", Access.PUBLIC, call -> {
            began.countDown();
            go.await();
            return HttpAnswer.text("finished");
        }));
        int port = server.port();
        CompletableFuture<HttpResponse<String>> answer =
                CompletableFuture.supplyAsync(() -> HttpClients.send("GET", url + "/a", null));
        began.await();
        CompletableFuture<Void> stopped = CompletableFuture.runAsync(server::close);
        // longer than the second that silent connections get when stopping
        await().pollDelay(Duration.ofMillis(1_300)).until(() -> !accepts(port));
        go.countDown();
        assertThat(answer)
                .succeedsWithin(Duration.ofSeconds(5))
                .satisfies(a -> assertThat(a.body()).isEqualTo("finished"));
        assertThat(stopped).succeedsWithin(Duration.ofSeconds(5));
    }

    private static boolean accepts(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException refused) {
            return false;
        }
    }

    @Test
    void tellsTheObserverTemplatesAndNeverPaths() throws Exception {
        String url = start(OPTIONS, echo(HttpMethod.GET, "/a/{id}", Access.PUBLIC));
        HttpClients.send("GET", url + "/a/secret?q=secret", null);
        HttpClients.send("GET", url + "/secret", null);
        HttpClients.send("BREW", url + "/a/secret", null);
        assertThat(observed).containsExactly("GET /a/{id} 200", "GET unmatched 404", "OTHER unmatched 405");
    }

    @Test
    void runsHandlersOnVirtualThreads() throws Exception {
        AtomicReference<Thread> thread = new AtomicReference<>();
        String url = start(OPTIONS, Route.of(HttpMethod.GET, "/a", Access.PUBLIC, call -> {
            thread.set(Thread.currentThread());
            return HttpAnswer.empty(204);
        }));
        assertThat(HttpClients.send("GET", url + "/a", null).statusCode()).isEqualTo(204);
        assertThat(thread.get().isVirtual()).isTrue();
    }
}
