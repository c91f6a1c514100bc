package dev.parley.server.events.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.server.events.EventFixture;
import dev.parley.server.events.EventLog;
import dev.parley.server.platform.background.Repeater;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Readers that come and go on two nodes while many write: each gets every event once, in order. */
@NullUnmarked
class StreamLoadTest {

    private static final int WRITERS = 4;
    private static final int EACH = 400;
    private static final int READERS = 6;

    private final EventFixture events = new EventFixture();
    // A reader that went away is only noticed when something is written to it.
    private final StreamOptions options =
            new StreamOptions(100, 100, Duration.ofMillis(50), Duration.ofMinutes(1), List.of());
    private final StreamWorld first = new StreamWorld(options, events);
    private final StreamWorld second = new StreamWorld(options, events);
    private final List<Repeater> keepers = List.of(
            Repeater.start("first-keeper", Duration.ofMillis(50), first.streams::keep),
            Repeater.start("second-keeper", Duration.ofMillis(50), second.streams::keep));

    @AfterEach
    void close() {
        keepers.forEach(Repeater::close);
        first.stop();
        second.close();
    }

    /** A reader that breaks off at random and comes back, now here and now there, with the last id that it has. */
    private final class Wanderer {
        private final List<StreamReader.Got> got = new ArrayList<>();
        private final Random random;
        private String lastId = "0";

        private Wanderer(int seed) {
            random = new Random(seed);
        }

        private void wander(AtomicBoolean written) {
            while (!written.get()) {
                visit(1 + random.nextInt(150), Duration.ofSeconds(3));
            }
            await().untilAsserted(() -> {
                visit(Integer.MAX_VALUE, Duration.ofSeconds(1));
                assertThat(got).hasSize(WRITERS * EACH);
            });
        }

        private void visit(int most, Duration patience) {
            StreamWorld world = random.nextBoolean() ? first : second;
            try (StreamReader reader = world.open("?page[after]=" + lastId)) {
                assertThat(reader.status).isEqualTo(200);
                long end = System.nanoTime() + patience.toNanos();
                while (reader.events.size() < most && System.nanoTime() < end) {
                    LockSupport.parkNanos(1_000_000);
                }
                List<StreamReader.Got> came = List.copyOf(reader.events);
                got.addAll(came.subList(0, Math.min(most, came.size())));
            }
            if (!got.isEmpty()) {
                lastId = got.getLast().id();
            }
        }
    }

    @Test
    void nothingIsMissedAndNothingComesTwice() {
        AtomicBoolean written = new AtomicBoolean();
        List<CompletableFuture<Void>> writing = new ArrayList<>();
        for (int writer = 0; writer < WRITERS; writer++) {
            int seed = writer;
            writing.add(CompletableFuture.runAsync(() -> write(seed)));
        }
        List<Wanderer> wanderers = new ArrayList<>();
        List<Thread> reading = new ArrayList<>();
        List<Throwable> failures = new ArrayList<>();
        for (int reader = 0; reader < READERS; reader++) {
            Wanderer wanderer = new Wanderer(reader);
            wanderers.add(wanderer);
            Thread thread = Thread.ofPlatform().unstarted(() -> wanderer.wander(written));
            thread.setUncaughtExceptionHandler((on, failure) -> failures.add(failure));
            reading.add(thread);
        }
        StreamReader steady = second.open("?page[after]=0");
        reading.forEach(Thread::start);
        writing.forEach(CompletableFuture::join);
        written.set(true);
        reading.forEach(thread -> {
            try {
                thread.join();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        assertThat(failures).isEmpty();
        await().untilAsserted(() -> assertThat(steady.events).hasSize(WRITERS * EACH));

        List<String> all = events.all().stream()
                .map(seen -> Long.toString(seen.position()))
                .toList();
        assertThat(steady.events).extracting(StreamReader.Got::id).isEqualTo(all);
        assertThat(wanderers).allSatisfy(wanderer -> {
            assertThat(wanderer.got).extracting(StreamReader.Got::id).isEqualTo(all);
            assertThat(inOrderOfEachResource(wanderer.got)).isTrue();
        });
    }

    /** Transactions of one to four events, some of them held open for a while, as those of a group or of an erasure are. */
    private void write(int seed) {
        Random random = new Random(seed);
        UUID resource = UUID.randomUUID();
        int number = 0;
        while (number < EACH) {
            int count = Math.min(EACH - number, 1 + random.nextInt(4));
            events.database.transact(connection -> {
                for (int i = 0; i < count; i++) {
                    EventLog.append(connection, StreamWorld.event(events.organization, "candidates", resource, null));
                    pause(connection, random.nextInt(4));
                }
                return 0;
            });
            number += count;
        }
    }

    private static void pause(Connection connection, int milliseconds) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("select pg_sleep(0.00" + milliseconds + ")");
        }
    }

    private static boolean inOrderOfEachResource(List<StreamReader.Got> got) {
        Map<String, Long> last = new HashMap<>();
        for (StreamReader.Got event : got) {
            long id = Long.parseLong(event.id());
            Long before = last.put(event.data().at("/attributes/resourceId").asString(), id);
            if (before != null && before >= id) {
                return false;
            }
        }
        return true;
    }
}
