package dev.parley.server.platform.outbound;

import static dev.parley.server.platform.outbound.Calls.LONG;
import static dev.parley.server.platform.outbound.Calls.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.connector.Outbound.Exchange;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything that fails once a byte of the request may have left: nobody knows. */
class GuardedHttpUnknownTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HTTP/1.1 200 OK\r\nContent-Len",
                "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"messages\":",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
                "SSH-2.0-OpenSSH_9.2\r\n",
                "HTTP/1.1 twohundred OK\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 10001\r\n\r\n",
                "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n"
            })
    void shouldNotKnowWhatBecameOfARequestWhoseAnswerIsCutOrNone(String answer) throws Exception {
        RawServer.Conduct conduct = (server, socket) -> {
            if (server.read(socket)) {
                RawServer.write(socket, answer);
            }
        };
        try (RawServer server = new RawServer(conduct);
                GuardedHttp http = Calls.client(Calls.LOOPBACK, HostLookup.SYSTEM)) {
            assertThat(http.call(post(server.uri("http"), "{}", LONG))).isInstanceOf(Exchange.Unknown.class);
            assertThat(server.bodies).containsExactly("{}");
        }
    }

    @Test
    void shouldNotReadMoreOfAnAnswerThanItsLimit() throws Exception {
        String endless = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
        RawServer.Conduct conduct = (server, socket) -> {
            if (server.read(socket)) {
                RawServer.write(socket, endless);
                while (!socket.isClosed()) {
                    RawServer.write(socket, "400\r\n" + "x".repeat(1024) + "\r\n");
                }
            }
        };
        try (RawServer server = new RawServer(conduct);
                GuardedHttp http = Calls.client(Calls.LOOPBACK, HostLookup.SYSTEM)) {
            assertThat(http.call(post(server.uri("http"), "{}", LONG)))
                    .isEqualTo(new Exchange.Unknown("the answer is too long"));
        }
    }

    @Test
    void shouldStopWaitingAtTheDeadlineAlsoWhenTheAnswerDrips() throws Exception {
        RawServer.Conduct silent = (server, socket) -> {
            server.read(socket);
            RawServer.write(socket, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nx");
            server.read(socket);
        };
        try (RawServer server = new RawServer(silent);
                GuardedHttp http = Calls.client(Calls.LOOPBACK, HostLookup.SYSTEM)) {
            long start = System.nanoTime();
            assertThat(http.call(post(server.uri("http"), "{}", Duration.ofMillis(300))))
                    .isEqualTo(new Exchange.Unknown("no whole answer within the deadline"));
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
        }
    }

    @Test
    void shouldNotRepeatARequestThatAKeptConnectionSwallowed() throws Exception {
        RawServer.Conduct oneAnswer = (server, socket) -> {
            server.read(socket);
            RawServer.write(socket, RawServer.ok("first"));
            server.read(socket);
        };
        try (RawServer server = new RawServer(oneAnswer);
                GuardedHttp http = Calls.client(Calls.LOOPBACK, HostLookup.SYSTEM)) {
            assertThat(Calls.text(http.call(post(server.uri("http"), "1", LONG))))
                    .isEqualTo("first");
            assertThat(http.call(post(server.uri("http"), "2", LONG))).isInstanceOf(Exchange.Unknown.class);
            assertThat(server.bodies).containsExactly("1", "2");
            assertThat(server.accepted).hasValue(1);
        }
    }

    /** The server closes each connection right after its answer without a word, so calls race with the closing. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldNeverCallSentWhatWasNotNorRepeatItWhenKeptConnectionsDie(boolean reset) throws Exception {
        RawServer.Conduct closes = (server, socket) -> {
            if (server.read(socket)) {
                RawServer.write(socket, RawServer.ok("x"));
                socket.setSoLinger(reset, 0);
            }
        };
        try (RawServer server = new RawServer(closes);
                GuardedHttp http = Calls.client(Calls.LOOPBACK, HostLookup.SYSTEM)) {
            long start = System.nanoTime();
            List<String> answered = new ArrayList<>();
            List<String> notSent = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                String body = "n" + i;
                switch (http.call(post(server.uri("http"), body, LONG))) {
                    case Exchange.Answer _ -> answered.add(body);
                    case Exchange.NotSent _ -> notSent.add(body);
                    case Exchange.Unknown _ -> {}
                }
            }
            assertThat(server.bodies).doesNotHaveDuplicates().containsAll(answered);
            assertThat(notSent).doesNotContainAnyElementsOf(server.bodies);
            assertThat(answered).hasSizeGreaterThan(100);
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .as("no call hangs")
                    .isLessThan(LONG);
        }
    }

    @Test
    void shouldEndTheCallOfAnInterruptedThread() throws Exception {
        AtomicReference<Exchange> outcome = new AtomicReference<>();
        AtomicReference<Socket> held = new AtomicReference<>();
        RawServer.Conduct silent = (server, socket) -> {
            server.read(socket);
            held.set(socket);
            server.read(socket);
        };
        try (RawServer server = new RawServer(silent);
                GuardedHttp http = Calls.client(Calls.LOOPBACK, HostLookup.SYSTEM)) {
            Thread caller = Thread.ofVirtual().start(() -> {
                Exchange exchange = http.call(post(server.uri("http"), "{}", LONG));
                outcome.set(Thread.currentThread().isInterrupted() ? exchange : null);
            });
            await().until(() -> held.get() != null);
            caller.interrupt();
            caller.join();
            assertThat(outcome.get()).isInstanceOf(Exchange.Unknown.class);
        }
    }
}
