package dev.parley.server.platform.outbound;

import static dev.parley.server.platform.outbound.Calls.LONG;
import static dev.parley.server.platform.outbound.Calls.post;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.connector.Outbound.Exchange;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Many calls at once over few connections. */
class GuardedHttpLoadTest {

    private final AtomicInteger opened = new AtomicInteger();
    private final CountDownLatch gate = new CountDownLatch(1);
    private final AtomicInteger held = new AtomicInteger();
    private Server server;
    private URI uri;

    @BeforeEach
    void start() throws Exception {
        server = new Server();
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        connector.addBean(new Connection.Listener() {
            @Override
            public void onOpened(Connection connection) {
                opened.incrementAndGet();
            }
        });
        server.addConnector(connector);
        server.setHandler(new Handler.Abstract.NonBlocking() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) {
                if (request.getHttpURI().getPath().equals("/held")) {
                    held.incrementAndGet();
                    Thread.ofVirtual().start(() -> {
                        Calls.await(gate);
                        callback.succeeded();
                    });
                } else {
                    callback.succeeded();
                }
                return true;
            }
        });
        server.start();
        uri = URI.create("http://127.0.0.1:" + connector.getLocalPort());
    }

    @AfterEach
    void stop() throws Exception {
        gate.countDown();
        server.stop();
    }

    @Test
    void shouldUseConnectionsAgain() throws Exception {
        try (GuardedHttp http = client(64)) {
            List<Exchange> exchanges = IntStream.range(0, 50)
                    .<Callable<List<Exchange>>>mapToObj(_ -> () -> IntStream.range(0, 100)
                            .mapToObj(_ -> http.call(post(uri.resolve("/"), "{\"text\":\"x\"}", LONG)))
                            .toList())
                    .collect(java.util.stream.Collectors.collectingAndThen(
                            java.util.stream.Collectors.toList(), GuardedHttpLoadTest::all))
                    .stream()
                    .flatMap(List::stream)
                    .toList();

            assertThat(exchanges).hasSize(5_000).allMatch(Exchange.Answer.class::isInstance);
            assertThat(opened.get()).isBetween(1, 64);
        }
    }

    @Test
    void shouldHoldThousandsOfCallsAtOnce() throws Exception {
        try (GuardedHttp http = client(500)) {
            List<Callable<Exchange>> calls = IntStream.range(0, 4_000)
                    .<Callable<Exchange>>mapToObj(i -> () -> {
                        if (i == 0) {
                            org.awaitility.Awaitility.await().until(() -> held.get() >= 500);
                            gate.countDown();
                        }
                        return http.call(post(uri.resolve("/held"), "{}", LONG));
                    })
                    .toList();

            assertThat(all(calls)).hasSize(4_000).allMatch(Exchange.Answer.class::isInstance);
            assertThat(opened.get()).isLessThanOrEqualTo(500);
        }
    }

    private static GuardedHttp client(int connections) {
        OutboundLimits limits = new OutboundLimits(connections, 8_192, Duration.ofSeconds(5), Duration.ofSeconds(30));
        return GuardedHttp.start(Calls.LOOPBACK, limits, HostLookup.SYSTEM, new SslContextFactory.Client());
    }

    private static <T> List<T> all(List<Callable<T>> tasks) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            return threads.invokeAll(tasks).stream().map(Future::resultNow).toList();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
