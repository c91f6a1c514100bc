package dev.parley.server.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Bodies that are taken as they arrive. */
final class BodyIntakeTest {

    private static final int LIMIT = 10_000;
    private final Semaphore room = new Semaphore(1);
    private final AtomicInteger closed = new AtomicInteger();
    private HttpServer server;

    @BeforeEach
    void start() throws Exception {
        Route route = Route.of(HttpMethod.POST, "/x", Access.PUBLIC, call -> {
            byte[] hash = call.bodySha256();
            String answer = new String(call.body(), StandardCharsets.US_ASCII) + " "
                    + (hash == null ? "none" : HexFormat.of().formatHex(hash));
            return HttpAnswer.text(answer);
        });
        HttpEdge edge = new HttpEdge(
                token -> null,
                (failure, id) -> HttpAnswer.empty(
                        failure instanceof HttpFailure.BodyTooLarge
                                ? 413
                                : failure instanceof HttpFailure.Overloaded ? 503 : 500),
                HttpObserver.NONE,
                () -> "id");
        server = HttpServer.start(
                HttpOptions.defaults(), edge, List.of(route.withBodyLimit(LIMIT).withIntake(new Counting())));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void holdsSmallBodiesWhole() {
        assertThat(post(100).body()).isEqualTo("x".repeat(100) + " none");
        assertThat(closed).hasValue(0);
    }

    @Test
    void streamsLargeOnesAndGivesTheHashOfWhatCame() throws Exception {
        String hash = HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256")
                        .digest("x".repeat(LIMIT).getBytes(StandardCharsets.US_ASCII)));
        assertThat(post(LIMIT).body()).isEqualTo(LIMIT + " bytes " + hash);
        assertThat(closed).hasValue(1);
        assertThat(post(LIMIT + 1).statusCode()).isEqualTo(413);
    }

    @Test
    void answersBusyWhenThereIsNoRoom() {
        assertThat(room.tryAcquire()).isTrue();
        HttpResponse<String> busy = post(LIMIT);
        assertThat(busy.statusCode()).isEqualTo(503);
        assertThat(busy.headers().firstValue("retry-after")).isPresent();
        room.release();
        assertThat(post(LIMIT).statusCode()).isEqualTo(200);
    }

    private HttpResponse<String> post(int length) {
        return HttpClients.send("POST", server.url() + "/x", "x".repeat(length));
    }

    private final class Counting implements BodyIntake {

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
            if (!room.tryAcquire()) {
                return null;
            }
            return new Taking() {
                @Override
                public byte[] take(InputStream body) throws IOException {
                    long length = body.transferTo(OutputStream.nullOutputStream());
                    return (length + " bytes").getBytes(StandardCharsets.US_ASCII);
                }

                @Override
                public void close() {
                    room.release();
                    closed.incrementAndGet();
                }
            };
        }
    }
}
