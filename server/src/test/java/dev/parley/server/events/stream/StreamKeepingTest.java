package dev.parley.server.events.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.server.events.Event;
import dev.parley.server.events.EventLog;
import dev.parley.server.events.stream.StreamMeter.End;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How streams are kept alive, bounded and ended. */
@NullUnmarked
class StreamKeepingTest {

    private static final Duration MOMENT = Duration.ofNanos(1);

    private StreamWorld world;

    @AfterEach
    void close() {
        world.close();
    }

    private void start(int perOrganization, int perNode, Duration heartbeat, Duration patience) {
        world = new StreamWorld(
                new StreamOptions(perOrganization, perNode, heartbeat, patience, List.of("https://app.example.com")));
    }

    @Test
    void aSilentStreamGetsCommentsThatMoveItsCursorOn() {
        start(10, 10, MOMENT, Duration.ofMinutes(1));
        UUID thread = UUID.randomUUID();
        StreamReader reader = world.open("?filter[messageThreadId]=" + thread);
        UUID last = UUID.randomUUID();
        world.append(last);
        await().untilAsserted(() -> {
            world.streams.keep();
            assertThat(reader.comments).isNotEmpty();
            assertThat(reader.lastId()).isEqualTo("1");
        });
        assertThat(reader.events).isEmpty();
        UUID message = UUID.randomUUID();
        world.append("messages", message, thread);
        await().untilAsserted(() -> assertThat(reader.words()).containsExactly("messages.delete " + message));
    }

    @Test
    void oneThatIsNotSilentForSoLongGetsNone() {
        start(10, 10, Duration.ofMinutes(1), Duration.ofMinutes(1));
        StreamReader reader = world.open("");
        await().until(() -> reader.retry() != null);
        world.streams.keep();
        world.append(UUID.randomUUID());
        await().untilAsserted(() -> assertThat(reader.events).hasSize(1));
        assertThat(reader.comments).isEmpty();
    }

    /** Twenty megabytes are more than the buffers between the two take; what does not fit is read from the log later. */
    @Test
    void aSlowReaderIsCaughtUpFromTheLog() throws Exception {
        start(10, 10, MOMENT, Duration.ofMinutes(1));
        try (Socket slow = stuck()) {
            appendMuch();
            await().untilAsserted(() -> assertThat(world.lagged).hasPositiveValue());
            assertThat(world.streams.behind()).isEqualTo(1);
            world.streams.keep();
            StreamReader quick = world.open("");
            UUID last = UUID.randomUUID();
            world.append(last);
            await().untilAsserted(() -> assertThat(quick.words()).hasSize(1));

            List<Integer> ids = idsUpTo(slow, 401);
            List<Integer> all = new ArrayList<>();
            for (int id = 1; id <= 401; id++) {
                all.add(id);
            }
            assertThat(ids).isEqualTo(all);
            await().until(() -> world.streams.behind() == 0);
        }
    }

    @Test
    void whoTakesNothingForTooLongIsCutOff() throws Exception {
        start(10, 10, Duration.ofMinutes(1), MOMENT);
        try (Socket slow = stuck()) {
            appendMuch();
            await().untilAsserted(() -> {
                world.streams.keep();
                assertThat(world.ends).containsEntry(End.STALLED, 1);
            });
            assertThat(world.streams.open()).isZero();
            assertThat(slow.isConnected()).isTrue();
        }
    }

    @Test
    void placesAreCountedPerOrganizationAndPerNodeAndComeFreeAgain() {
        start(2, 3, MOMENT, Duration.ofMinutes(1));
        StreamReader first = world.open("");
        StreamReader second = world.open("");
        StreamReader third = world.open("");
        assertThat(third.status).isEqualTo(429);
        assertThat(third.headers).containsKey("retry-after");
        assertThat(third.refusal().at("/errors/0/code").stringValue()).isEqualTo("too_many_streams");
        UUID other = UUID.randomUUID();
        assertThat(world.openAs(other, "").status).isEqualTo(200);
        StreamReader fourth = world.openAs(other, "");
        assertThat(fourth.status).isEqualTo(503);
        assertThat(fourth.headers).containsKey("retry-after");

        first.close();
        await().untilAsserted(() -> {
            world.streams.keep();
            assertThat(world.streams.open()).isEqualTo(2);
        });
        assertThat(world.open("").status).isEqualTo(200);
        assertThat(second.ended()).isFalse();
    }

    @Test
    void aTokenThatDoesNotHoldAnyMoreEndsItsStreams() {
        start(10, 10, Duration.ofMinutes(1), Duration.ofMinutes(1));
        UUID other = UUID.randomUUID();
        StreamReader ended = world.open("");
        StreamReader goesOn = world.openAs(other, "");
        await().until(() -> ended.retry() != null && goesOn.retry() != null);
        world.endedTokens.add(world.events.organization.toString());
        world.streams.tokensMayHaveEnded();
        world.streams.keep();

        await().until(ended::ended);
        assertThat(world.ends).containsEntry(End.TOKEN, 1);
        assertThat(goesOn.ended()).isFalse();
    }

    @Test
    void whenTheServerStopsStreamsEndProperly() {
        start(10, 10, Duration.ofMinutes(1), Duration.ofMinutes(1));
        StreamReader reader = world.open("");
        UUID last = UUID.randomUUID();
        world.append(last);
        await().untilAsserted(() -> assertThat(reader.events).hasSize(1));
        world.streams.close();

        await().until(reader::ended);
        assertThat(reader.broken()).isFalse();
        assertThat(world.open("").status).isEqualTo(503);
    }

    /** Opens a stream and reads nothing of it. */
    private Socket stuck() throws IOException {
        URI url = URI.create(world.server.url());
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4096);
        socket.connect(new java.net.InetSocketAddress(url.getHost(), url.getPort()));
        socket.getOutputStream()
                .write(("GET " + StreamWorld.STREAM + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                                + world.events.organization + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        await().until(() -> world.streams.open() == 1 && world.streams.behind() == 0);
        return socket;
    }

    private void appendMuch() {
        String state = "{\"attributes\":{\"firstName\":\"" + "x".repeat(50_000) + "\"},\"meta\":{}}";
        for (int i = 0; i < 20; i++) {
            world.events.database.transact(connection -> {
                for (int j = 0; j < 20; j++) {
                    EventLog.append(
                            connection,
                            new Event(
                                    world.events.organization,
                                    Event.Kind.UPDATE,
                                    "candidates",
                                    UUID.randomUUID(),
                                    null,
                                    List.of("firstName"),
                                    state,
                                    InstantSource.system().instant()));
                }
                return 0;
            });
        }
    }

    private static List<Integer> idsUpTo(Socket socket, int last) throws IOException {
        List<Integer> ids = new ArrayList<>();
        socket.setSoTimeout(30_000);
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("id: ")) {
                ids.add(Integer.parseInt(line.substring(4)));
            }
            if (!ids.isEmpty() && ids.getLast() >= last) {
                return ids;
            }
        }
        return ids;
    }
}
