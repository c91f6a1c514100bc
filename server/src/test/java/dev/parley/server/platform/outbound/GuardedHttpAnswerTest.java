package dev.parley.server.platform.outbound;

import static dev.parley.server.platform.outbound.Calls.LONG;
import static dev.parley.server.platform.outbound.Calls.post;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.connector.Outbound.Call;
import dev.parley.connector.Outbound.Exchange;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole answers, whatever they say. */
class GuardedHttpAnswerTest {

    @Test
    void shouldGiveStatusHeadersAndBodyAndSendWhatItWasGiven() throws Exception {
        String answer = "HTTP/1.1 400 Bad\r\nX-One: a\r\nx-one: b\r\nSet-Cookie: c=d\r\nContent-Length: 3\r\n\r\nno!";
        try (RawServer server = answering(answer);
                GuardedHttp http = Calls.client(Calls.LOOPBACK, HostLookup.SYSTEM)) {
            Exchange.Answer first = (Exchange.Answer) http.call(post(server.uri("http"), "{\"a\":1}", LONG));
            http.call(post(server.uri("http"), "", LONG));

            assertThat(first.status()).isEqualTo(400);
            assertThat(first.headers()).containsEntry("x-one", "a").containsEntry("content-length", "3");
            assertThat(Calls.text(first)).isEqualTo("no!");
            assertThat(server.bodies).containsExactly("{\"a\":1}", "");
            assertThat(server.heads.getFirst().lines())
                    .startsWith("POST /inbox?x=1 HTTP/1.1")
                    .containsOnlyOnce("Content-Type: application/json", "User-Agent: Parley")
                    .noneMatch(line -> line.startsWith("Accept-Encoding"));
            assertThat(server.heads.getLast()).as("no cookie comes back").doesNotContain("Cookie");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 307 Again\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 401 No\r\nWWW-Authenticate: Basic realm=x\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 407 No\r\nProxy-Authenticate: Basic realm=x\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 408 Late\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 503 Busy\r\nRetry-After: 0\r\nContent-Length: 0\r\n\r\n"
            })
    void shouldFollowNothingAndRepeatNothing(String answer) throws Exception {
        try (RawServer server = answering(answer);
                GuardedHttp http = Calls.client(Calls.LOOPBACK, HostLookup.SYSTEM)) {
            Exchange.Answer said = (Exchange.Answer) http.call(post(server.uri("http"), "{}", LONG));

            assertThat(said.status()).isEqualTo(Integer.parseInt(answer.substring(9, 12)));
            assertThat(server.bodies).containsExactly("{}");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"100 Continue", "102 Processing", "103 Early Hints"})
    void shouldWaitForTheFinalAnswerBehindAnInterimOne(String interim) throws Exception {
        try (RawServer server = answering("HTTP/1.1 " + interim + "\r\n\r\n" + RawServer.ok("final"));
                GuardedHttp http = Calls.client(Calls.LOOPBACK, HostLookup.SYSTEM)) {
            assertThat(Calls.text(http.call(post(server.uri("http"), "{}", LONG))))
                    .isEqualTo("final");
        }
    }

    @Test
    void shouldConnectOnlyToTheAllowedAddressesOfAName() throws Exception {
        HostLookup mixed = Calls.names(Map.of("mixed.example", List.of("10.0.0.1", "::1", "127.0.0.1", "fe80::1")));
        try (RawServer server = answering(RawServer.ok("here"));
                GuardedHttp http = Calls.client(Calls.LOOPBACK, mixed)) {
            URI uri = URI.create("http://mixed.example:" + server.port() + "/");

            assertThat(Calls.text(http.call(post(uri, "{}", LONG)))).isEqualTo("here");
            assertThat(server.heads.getFirst()).contains("Host: mixed.example:" + server.port());
        }
    }

    @Test
    void shouldTryTheNextAddressWhenOneRefuses() throws Exception {
        HostLookup two = Calls.names(Map.of("two.example", List.of("127.9.9.9", "127.0.0.1")));
        try (RawServer server = answering(RawServer.ok("here"));
                GuardedHttp http = Calls.client(Calls.LOOPBACK, two)) {
            URI uri = URI.create("http://two.example:" + server.port() + "/");

            assertThat(Calls.text(http.call(post(uri, "{}", LONG)))).isEqualTo("here");
        }
    }

    @Test
    void shouldTakeAnAnswerThatComesBeforeTheWholeRequestWasRead() throws Exception {
        RawServer.Conduct hasty = (_, socket) -> {
            // Before the first byte an answer would be to no request, and nothing would have been sent.
            socket.getInputStream().readNBytes(1);
            RawServer.write(socket, "HTTP/1.1 413 Too big\r\nContent-Length: 2\r\n\r\nno");
            socket.getInputStream().readNBytes(100_000);
        };
        try (RawServer server = new RawServer(hasty);
                GuardedHttp http = Calls.client(Calls.LOOPBACK, HostLookup.SYSTEM)) {
            Exchange exchange = http.call(post(server.uri("http"), "x".repeat(60_000), LONG));

            assertThat(exchange).isNotInstanceOf(Exchange.NotSent.class);
        }
    }

    @Test
    void shouldSendOtherMethodsWithoutABody() throws Exception {
        try (RawServer server = answering(RawServer.ok(""));
                GuardedHttp http = Calls.client(Calls.LOOPBACK, HostLookup.SYSTEM)) {
            Call get = new Call("GET", server.uri("http"), Map.of("Authorization", "Bearer t"), new byte[0], LONG, 10);

            assertThat(((Exchange.Answer) http.call(get)).body()).isEmpty();
            assertThat(server.heads.getFirst().lines())
                    .startsWith("GET /inbox?x=1 HTTP/1.1")
                    .contains("Authorization: Bearer t");
        }
    }

    private static RawServer answering(String answer) throws java.io.IOException {
        return new RawServer((server, socket) -> {
            while (server.read(socket)) {
                RawServer.write(socket, answer);
            }
        });
    }
}
