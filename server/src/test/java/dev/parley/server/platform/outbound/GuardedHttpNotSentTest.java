package dev.parley.server.platform.outbound;

import static dev.parley.server.platform.outbound.Calls.LONG;
import static dev.parley.server.platform.outbound.Calls.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.connector.Outbound.Call;
import dev.parley.connector.Outbound.Exchange;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything that fails before the first byte of the request: certainly not sent. */
class GuardedHttpNotSentTest {

    private static final Duration SHORT = Duration.ofMillis(300);

    @Test
    void shouldNotSendWhenTheConnectionIsRefused() throws Exception {
        RawServer gone = new RawServer((_, _) -> {});
        URI uri = gone.uri("http");
        gone.close();

        try (GuardedHttp http = Calls.client(Calls.LOOPBACK, HostLookup.SYSTEM)) {
            assertThat(http.call(post(uri, "{}", LONG))).isEqualTo(new Exchange.NotSent("the connection was refused"));
        }
    }

    @Test
    void shouldNotSendWhenTheNameHasNoAddress() {
        try (GuardedHttp http = Calls.client(Calls.PUBLIC_ONLY, Calls.names(Map.of()))) {
            assertThat(http.call(post(URI.create("https://nowhere.example/"), "{}", LONG)))
                    .isEqualTo(new Exchange.NotSent("the host's name has no address"));
        }
    }

    @Test
    void shouldNotSendWhenTheNameServerIsSilentUntilTheDeadline() {
        CountDownLatch end = new CountDownLatch(1);
        HostLookup silent = _ -> {
            Calls.await(end);
            throw new IllegalStateException("never asked for");
        };
        try (GuardedHttp http = Calls.client(Calls.PUBLIC_ONLY, silent)) {
            assertThat(http.call(post(URI.create("https://slow.example/"), "{}", SHORT)))
                    .isEqualTo(new Exchange.NotSent("no whole answer within the deadline"));
        } finally {
            end.countDown();
        }
    }

    @Test
    void shouldNotEvenConnectToAnAddressThatIsNotAllowed() throws Exception {
        HostLookup names = Calls.names(Map.of("inner.example", List.of("127.0.0.1", "::1", "10.0.0.1")));
        try (RawServer server = new RawServer(RawServer::read);
                GuardedHttp http = Calls.client(Calls.PUBLIC_ONLY, names)) {
            URI byName = URI.create("https://inner.example:" + server.port() + "/");

            assertThat(http.call(post(byName, "{}", LONG)))
                    .isInstanceOfSatisfying(
                            Exchange.NotSent.class,
                            refused -> assertThat(refused.reason()).contains("not public"));
            assertThat(http.call(post(server.uri("https"), "{}", LONG))).isInstanceOf(Exchange.NotSent.class);
            assertThat(http.call(post(server.uri("http"), "{}", LONG))).isInstanceOf(Exchange.NotSent.class);
            assertThat(server.accepted).hasValue(0);
        }
    }

    @Test
    void shouldNotSpeakPlainToAPublicAddressThoughOthersAreOnTheList() {
        HostLookup names = Calls.names(Map.of("public.example", List.of("8.8.8.8")));
        try (GuardedHttp http = Calls.client(Calls.LOOPBACK, names)) {
            assertThat(http.call(post(URI.create("http://public.example/"), "{}", LONG)))
                    .isInstanceOfSatisfying(
                            Exchange.NotSent.class,
                            refused -> assertThat(refused.reason()).contains("use https"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 400 Bad Request\r\n\r\n", ""})
    void shouldNotSendWhenTheOtherSideSpeaksNoTls(String answer) throws Exception {
        RawServer.Conduct conduct = (_, socket) -> {
            assertThat(socket.getInputStream().read()).isGreaterThanOrEqualTo(0);
            RawServer.write(socket, answer);
        };
        try (RawServer server = new RawServer(conduct);
                GuardedHttp http = Calls.client(Calls.LOOPBACK, HostLookup.SYSTEM)) {
            assertThat(http.call(post(server.uri("https"), "{}", LONG))).isInstanceOf(Exchange.NotSent.class);
            assertThat(server.accepted).hasPositiveValue();
        }
    }

    @Test
    void shouldNotSendWhenTheTlsHandshakeIsNotFinishedByTheDeadline() throws Exception {
        RawServer.Conduct silent =
                (_, socket) -> socket.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
        try (RawServer server = new RawServer(silent);
                GuardedHttp http = Calls.client(Calls.LOOPBACK, HostLookup.SYSTEM)) {
            assertThat(http.call(post(server.uri("https"), "{}", SHORT)))
                    .isEqualTo(new Exchange.NotSent("no whole answer within the deadline"));
            assertThat(server.accepted).hasValue(1);
        }
    }

    @Test
    void shouldNotSendWhatWaitsForAConnectionTooLongOrFindsNoPlaceToWait() throws Exception {
        OutboundLimits one = new OutboundLimits(1, 1, Duration.ofSeconds(5), Duration.ofSeconds(30));
        CountDownLatch end = new CountDownLatch(1);
        RawServer.Conduct slow = (server, socket) -> {
            if (server.read(socket)) {
                Calls.await(end);
                RawServer.write(socket, RawServer.last("late"));
            }
        };
        try (RawServer server = new RawServer(slow);
                GuardedHttp http =
                        GuardedHttp.start(Calls.LOOPBACK, one, HostLookup.SYSTEM, new SslContextFactory.Client());
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = CompletableFuture.supplyAsync(() -> http.call(post(server.uri("http"), "1", LONG)), threads);
            await().until(() -> server.bodies.size() == 1);

            assertThat(http.call(post(server.uri("http"), "2", SHORT)))
                    .isEqualTo(new Exchange.NotSent("no whole answer within the deadline"));

            var second = CompletableFuture.supplyAsync(() -> http.call(post(server.uri("http"), "3", LONG)), threads);
            var third = CompletableFuture.supplyAsync(() -> http.call(post(server.uri("http"), "3", LONG)), threads);
            assertThat(CompletableFuture.anyOf(second, third).join())
                    .isEqualTo(new Exchange.NotSent("too many calls to this host are waiting"));
            end.countDown();
            assertThat(Calls.text(first.join())).isEqualTo("late");
            assertThat(List.of(second.join(), third.join())).anyMatch(Exchange.Answer.class::isInstance);
            assertThat(server.bodies).containsExactly("1", "3");
        }
    }

    @Test
    void shouldNotSendWhatIsNoRequest() throws IOException {
        try (RawServer server = new RawServer(RawServer::read);
                GuardedHttp http = Calls.client(Calls.LOOPBACK, HostLookup.SYSTEM)) {
            Call split = new Call("POST", server.uri("http"), Map.of("X-A", "b\r\nX-C: d"), new byte[0], LONG, 10);
            Call late = post(server.uri("http"), "{}", Duration.ZERO);
            Call huge = new Call("GET", server.uri("http"), Map.of("X-A", "b".repeat(20_000)), new byte[0], LONG, 10);

            assertThat(List.of(http.call(split), http.call(late), http.call(huge)))
                    .allMatch(Exchange.NotSent.class::isInstance);
            assertThat(server.accepted).hasValue(0);
        }
    }
}
