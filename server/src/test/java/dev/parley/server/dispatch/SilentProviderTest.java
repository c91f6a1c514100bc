package dev.parley.server.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A provider that takes requests and says nothing costs the messages that found it out, and no more. */
@NullUnmarked
class SilentProviderTest {

    private static final Duration DEADLINE = Duration.ofMillis(500);

    private final CountDownLatch silence = new CountDownLatch(1);
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger sent = new AtomicInteger();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private HttpServer provider;
    private DispatchWorld world;

    @BeforeEach
    void begin() throws Exception {
        provider = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        provider.setExecutor(threads);
        provider.createContext("/", this::answer);
        provider.start();
        world = new DispatchWorld(new DispatchSettings(
                100,
                DEADLINE,
                DEADLINE.multipliedBy(4),
                Duration.ofHours(1),
                Duration.ofMillis(50),
                Duration.ofMillis(100),
                new Circuit.Limits(1, Duration.ofMillis(50), Duration.ofMillis(50))));
        world.run("update channel_accounts set settings = settings || '{\"baseUrl\": \"http://127.0.0.1:"
                + provider.getAddress().getPort() + "\"}'");
    }

    @AfterEach
    void end() {
        silence.countDown();
        world.close();
        provider.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) {
        boolean asks = exchange.getRequestMethod().equals("GET");
        (asks ? asked : sent).incrementAndGet();
        try (exchange) {
            silence.await();
            byte[] body = (asks ? "{\"id\":\"1001\"}" : "{\"messages\":[{\"id\":\"wamid." + sent.get() + "\"}]}")
                    .getBytes(StandardCharsets.US_ASCII);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void isAskedWithoutAMessageUntilItAnswers() {
        UUID first = world.thread("31612345678", Duration.ofHours(23));
        UUID second = world.thread("31612345679", Duration.ofHours(23));
        world.submit(first, "finds it out");
        await().until(() -> world.count("select count(*) from messages where phase = 'doubt'") == 1);

        world.submit(second, "waits");
        await().untilAsserted(() -> {
            world.dispatcher.look();
            assertThat(world.texts(
                            "select outcome from attempts a join messages m on m.id = a.message_id where m.thread_id = '"
                                    + second + "' and outcome is not null"))
                    .hasSizeGreaterThan(1)
                    .containsOnly("not_sent");
        });
        assertThat(asked).hasValueGreaterThan(1);
        assertThat(sent).hasValue(1);
        assertThat(world.statuses(second)).containsExactly("accepted");

        silence.countDown();
        await().untilAsserted(() -> {
            world.dispatcher.look();
            assertThat(world.statuses(second)).containsExactly("sent");
        });
        assertThat(sent).hasValue(2);
        assertThat(world.dispatcher.openCircuits()).isEmpty();
    }

    @Test
    void isSentNothingByTheCommitsThatAccept() {
        world.submit(world.thread("31612345678", Duration.ofHours(23)), "opens the circuit");
        await().until(() -> world.count("select count(*) from messages where phase = 'doubt'") == 1);

        world.allow(10);
        world.submit(world.thread("31612345679", Duration.ofHours(23)), "waits");
        assertThat(world.dispatcher.allowances().withdraw(new AccountKey(world.organization, world.account)))
                .as("tokens that are left")
                .isEqualTo(10);
    }

    @Test
    void isStillTriedAfterAClaimThatFoundNothing() {
        UUID first = world.thread("31612345678", Duration.ofHours(23));
        UUID second = world.thread("31612345679", Duration.ofHours(23));
        world.submit(first, "opens the circuit");
        await().until(() -> world.count("select count(*) from messages where phase = 'doubt'") == 1);

        int before = world.claims.get();
        await().until(() -> {
            world.run("update channel_accounts set version = version + 1");
            world.dispatcher.hasWork(world.organization, world.account);
            return world.claims.get() > before + 1;
        });
        silence.countDown();
        world.submit(second, "goes out all the same");
        await().untilAsserted(() -> assertThat(world.statuses(second)).containsExactly("sent"));
    }
}
