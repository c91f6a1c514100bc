package dev.parley.server.platform.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.connector.ByteSource;
import dev.parley.connector.Outbound;
import dev.parley.connector.Outbound.Call;
import dev.parley.connector.Outbound.Exchange;
import dev.parley.server.platform.net.CidrList;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Bodies that are streamed, both ways. */
class GuardedHttpStreamTest {

    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration WELL_BEFORE_THE_FILES = Duration.ofSeconds(5);
    /** More than a client has threads. */
    private static final int SLOW_FILES = 40;

    @Test
    void shouldSendASourceWithItsLength() throws Exception {
        try (RawServer server = answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
                GuardedHttp http = Calls.client(Calls.LOOPBACK, HostLookup.SYSTEM)) {
            ByteSource body = ByteSource.concat(List.of(source("a".repeat(100_000)), source("b")));
            Exchange exchange = http.send(call(server.uri("http"), Calls.LONG, 10), body);

            assertThat(Calls.text(exchange)).isEqualTo("ok");
            assertThat(server.heads.getFirst()).contains("Content-Length: 100001");
            assertThat(server.bodies).containsExactly("a".repeat(100_000) + "b");
        }
    }

    @Test
    void shouldSayThatNothingWasSentOfAFileThatIsNotThere() throws Exception {
        try (RawServer server = answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
                GuardedHttp http = Calls.client(Calls.LOOPBACK, HostLookup.SYSTEM)) {
            ByteSource missing = new ByteSource() {
                @Override
                public long length() {
                    return 5;
                }

                @Override
                public InputStream open() throws IOException {
                    throw new IOException("gone");
                }
            };
            assertThat(http.send(call(server.uri("http"), Calls.LONG, 10), missing))
                    .isInstanceOf(Exchange.NotSent.class);
        }
    }

    @Test
    void shouldAnswerCallsWhileFilesAreSlowToRead() throws Exception {
        CountDownLatch disk = new CountDownLatch(1);
        AtomicInteger reading = new AtomicInteger();
        try (RawServer server = answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
                GuardedHttp http = Calls.client(Calls.LOOPBACK, HostLookup.SYSTEM);
                ExecutorService uploaders = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Exchange>> uploads = IntStream.range(0, SLOW_FILES)
                    .mapToObj(_ -> uploaders.submit(
                            () -> http.send(call(server.uri("http"), Calls.LONG, 10), slow(disk, reading))))
                    .toList();
            await().until(() -> reading.get() > 0);

            try {
                assertThat(Calls.text(http.call(Calls.post(server.uri("http"), "{}", WELL_BEFORE_THE_FILES))))
                        .isEqualTo("ok");
                assertThat(uploads).noneMatch(Future::isDone);
            } finally {
                disk.countDown();
            }
            for (Future<Exchange> upload : uploads) {
                assertThat(Calls.text(upload.get())).isEqualTo("ok");
            }
        }
    }

    @Test
    void shouldStreamAnAnswerIntoItsSinkUpToTheLimit() throws Exception {
        String body = "x".repeat(50_000);
        try (RawServer server = answering("HTTP/1.1 200 OK\r\nContent-Length: 50000\r\n\r\n" + body);
                GuardedHttp http = Calls.client(Calls.LOOPBACK, HostLookup.SYSTEM)) {
            Kept all = new Kept(50_000);
            Kept less = new Kept(49_999);

            assertThat(http.receive(call(server.uri("http"), Calls.LONG, 10), all))
                    .isInstanceOf(Exchange.Answer.class);
            assertThat(all.bytes.toString(StandardCharsets.US_ASCII)).isEqualTo(body);
            assertThat(http.receive(call(server.uri("http"), Calls.LONG, 10), less))
                    .isEqualTo(new Exchange.Unknown(Outbound.TOO_LONG));
        }
    }

    @Test
    void shouldReadWhatIsNo200AsAnyAnswer() throws Exception {
        try (RawServer server = answering("HTTP/1.1 404 No\r\nContent-Length: 4\r\n\r\ngone");
                GuardedHttp http = Calls.client(Calls.LOOPBACK, HostLookup.SYSTEM)) {
            Kept sink = new Kept(10);

            assertThat(Calls.text(http.receive(call(server.uri("http"), Calls.LONG, 10), sink)))
                    .isEqualTo("gone");
            assertThat(sink.bytes.size()).isZero();
        }
    }

    @Test
    void shouldNotTakeHalfAnAnswerForAWholeOneNorWaitForItsRest() throws Exception {
        try (RawServer server = answering("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
                GuardedHttp http = Calls.client(Calls.LOOPBACK, HostLookup.SYSTEM)) {
            assertThat(http.receive(call(server.uri("http"), SHORT, 10), new Kept(100)))
                    .isInstanceOf(Exchange.Unknown.class);
        }
    }

    @Test
    void shouldReachNoAddressThatTheGuardRefuses() throws Exception {
        try (RawServer server = answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
                GuardedHttp http = Calls.client(new OutboundGuard(CidrList.NONE), HostLookup.SYSTEM)) {
            assertThat(http.receive(call(server.uri("http"), Calls.LONG, 10), new Kept(100)))
                    .isInstanceOf(Exchange.NotSent.class);
            assertThat(http.send(call(server.uri("http"), Calls.LONG, 10), source("x")))
                    .isInstanceOf(Exchange.NotSent.class);
        }
    }

    private static Call call(URI uri, Duration deadline, int limit) {
        return new Call("POST", uri, Map.of(), new byte[0], deadline, limit);
    }

    private static ByteSource source(String text) {
        return ByteSource.of(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** One byte, which comes once the disk lets it. */
    private static ByteSource slow(CountDownLatch disk, AtomicInteger reading) {
        return new ByteSource() {
            @Override
            public long length() {
                return 1;
            }

            @Override
            public InputStream open() {
                return new ByteArrayInputStream(new byte[] {'x'}) {
                    @Override
                    public synchronized int read(byte[] into, int offset, int length) {
                        reading.incrementAndGet();
                        Calls.await(disk);
                        return super.read(into, offset, length);
                    }
                };
            }
        };
    }

    private static final class Kept implements Outbound.Sink {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final long limit;

        Kept(long limit) {
            this.limit = limit;
        }

        @Override
        public long limit() {
            return limit;
        }

        @Override
        public OutputStream open() {
            return bytes;
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
