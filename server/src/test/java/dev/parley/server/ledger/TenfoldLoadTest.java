package dev.parley.server.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.Patience;
import dev.parley.server.wiring.NetworkGate;
import dev.parley.testkit.ledger.Sent;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Ten times as many messages a second as a node can take. Its database is slow and it works on few requests at once, so that
 * the load tool, on the same machine, can send that many. {@code -Doverload.minutes=N} makes it last.
 */
@Tag("storm")
class TenfoldLoadTest {

    private static final int MINUTES = Integer.getInteger("overload.minutes", 0);
    private static final Duration LASTS = MINUTES > 0 ? Duration.ofMinutes(MINUTES) : Duration.ofSeconds(6);
    private static final int AT_ONCE = 8;
    private static final int THREADS = MINUTES > 0 ? 200 * MINUTES : 40;
    private static final Duration SLOWER = Duration.ofMillis(15);
    private static final Duration BOUND = Duration.ofSeconds(15);
    /** What the heap may have (384 MB), and as much again for all else. */
    private static final long MEMORY = 768L << 20;

    @TempDir
    Path folder;

    private final AtomicLong peak = new AtomicLong();
    private final AtomicBoolean over = new AtomicBoolean();

    @Test
    void tenTimesTheLoadIsShedAndWhatWasAcceptedIsKept() throws Exception {
        Map<String, String> settings = new HashMap<>(Settings.shared());
        settings.put("PARLEY_LIMITS_REQUESTS_AT_ONCE", Integer.toString(AT_ONCE));
        settings.put("PARLEY_DISPATCH_CALL_DEADLINE", "5s");
        settings.put("PARLEY_DISPATCH_LEASE", "30s");
        try (OwnPostgres postgres = new OwnPostgres(folder.resolve("postgres"));
                NetworkGate gate = new NetworkGate(URI.create("tcp://127.0.0.1:" + postgres.port()));
                Node node = new Node(
                        settings,
                        folder,
                        "node",
                        List.of(
                                "--data",
                                folder.resolve("node").toString(),
                                "--database-url",
                                postgres.urlFor("loaded", gate.port())));
                World world = World.on(List.of(node), Settings.PARTNER_TOKEN, 1000);
                OpenLoad load = new OpenLoad(node.url(), world.token(), world.talks(THREADS))) {
            gate.slowBy(SLOWER);
            Thread watch = Thread.ofVirtual().start(() -> watch(node.process().pid()));
            load.closed(AT_ONCE, Duration.ofSeconds(2));
            double alone = load.closed(AT_ONCE, Duration.ofSeconds(2));
            load.nanos.clear();
            int sent = load.send(10 * alone, LASTS);
            long ended = System.nanoTime();
            Awaitility.await("accepts again")
                    .pollInterval(Duration.ofMillis(10))
                    .until(load::one);
            Duration back = Duration.ofNanos(System.nanoTime() - ended);
            double after = load.closed(AT_ONCE, Duration.ofSeconds(2));
            gate.slowBy(Duration.ZERO);
            load.close();
            Map<String, Long> got = settled(world, load);
            over.set(true);
            watch.join();
            List<Long> sorted = load.nanos.stream().sorted().toList();
            System.out.printf(
                    Locale.ROOT,
                    "ten times the load for %d s: %.0f/s alone, %.0f/s sent, %d accepted, %d shed with 503, %d without an answer,"
                            + " 0 lost, 0 twice; accepted p50 %d ms, p99 %d ms, longest %d ms; accepting again after %d ms, then"
                            + " %.0f/s; most memory %d MB%n",
                    LASTS.toSeconds(),
                    alone,
                    sent / (double) LASTS.toSeconds(),
                    load.accepted.size(),
                    load.shed.get(),
                    load.unanswered.size(),
                    sorted.get(sorted.size() / 2) / 1_000_000,
                    sorted.get(sorted.size() * 99 / 100) / 1_000_000,
                    sorted.getLast() / 1_000_000,
                    back.toMillis(),
                    after,
                    peak.get() >> 20);
            assertThat(load.strange).as("answers that should not have come").isEmpty();
            assertThat(load.shed.get()).as("shed").isGreaterThan(sent / 2);
            assertThat(got.values()).as("how often each was sent").containsOnly(1L);
            assertThat(Duration.ofNanos(sorted.get(sorted.size() * 99 / 100))).isLessThan(BOUND);
            assertThat(back).as("accepting again").isLessThan(BOUND);
            assertThat(after).as("accepted a second, after").isGreaterThan(alone / 3);
            assertThat(peak.get()).as("resident memory").isBetween(1L, MEMORY);
        }
    }

    /** How often each text went out, once all that was accepted has. */
    private static Map<String, Long> settled(World world, OpenLoad load) {
        return Awaitility.await("everything is sent")
                .pollInterval(Duration.ofSeconds(1))
                .atMost(Patience.OF_STORMS)
                .until(
                        () -> world.simulator().ledger().stream()
                                .map(Sent::text)
                                .filter(text -> text.startsWith("load "))
                                .collect(Collectors.groupingBy(text -> text, Collectors.counting())),
                        got -> got.keySet().containsAll(load.accepted));
    }

    private void watch(long pid) {
        while (!over.get()) {
            peak.accumulateAndGet(residentBytes(pid), Math::max);
            LockSupport.parkNanos(200_000_000);
        }
    }

    /** Zero where the system does not tell. */
    private static long residentBytes(long pid) {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                    .findAny()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }
}
