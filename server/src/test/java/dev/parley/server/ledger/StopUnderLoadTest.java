package dev.parley.server.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.Patience;
import dev.parley.testkit.ledger.Storm;
import dev.parley.testkit.ledger.Tally;
import dev.parley.testkit.postgres.PostgresBinaries;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that is told to stop (SIGTERM) while it is written to and sends are under way, and is started again. */
@Tag("storm")
class StopUnderLoadTest {

    private static final int THREADS = 20;
    private static final Duration GRACE = Duration.ofSeconds(10);
    /** Until the embedded database is closed, too. */
    private static final Duration CLOSING = Duration.ofSeconds(10);

    @TempDir
    Path folder;

    @Test
    void finishesWhatIsUnderWayLosesNothingLeavesNoDoubtAndEndsInTime() throws Exception {
        Path data = folder.resolve("data");
        PostgresBinaries.linkInto(data);
        Map<String, String> settings = new HashMap<>(Settings.shortWaits());
        settings.put("PARLEY_DISPATCH_CALL_DEADLINE", "2s");
        settings.put("PARLEY_DISPATCH_LEASE", "8s");
        settings.put("PARLEY_SHUTDOWN_GRACE", GRACE.toSeconds() + "s");
        try (Node node = new Node(settings, folder, "node", List.of("--data", data.toString()));
                World world = World.on(
                        List.of(node),
                        Files.readString(data.resolve("partner-token")).strip(),
                        1000)) {
            world.simulator().faults(List.of(Map.of("effects", Map.of("slow", Map.of("ms", 500)))));
            try (Storm storm = new Storm(
                    world.talks(THREADS),
                    world.customer(),
                    world.simulator(),
                    world.template(),
                    world.phoneNumberId(),
                    new Random(),
                    Duration.ofMillis(200))) {
                storm.start(Duration.ofMillis(100));
                awaitMore(storm);
                long told = System.nanoTime();
                assertThat(node.process().stop(GRACE.plus(CLOSING)))
                        .as("its exit status")
                        .hasValue(0);
                Duration stopped = Duration.ofNanos(System.nanoTime() - told);
                node.start();
                Duration back = Duration.ofNanos(System.nanoTime() - told);
                awaitMore(storm);
                storm.stop(Patience.OF_STORMS);
                check(storm);
                System.out.printf(
                        Locale.ROOT,
                        "told to stop under load: ended after %d ms, ready again %d ms after it was told%n",
                        stopped.toMillis(),
                        back.toMillis());
            }
        }
    }

    private static void awaitMore(Storm storm) {
        int wanted = storm.acknowledged() + 5 * THREADS;
        Awaitility.await("messages are acknowledged")
                .atMost(Patience.OF_STORMS)
                .until(() -> storm.acknowledged() >= wanted);
    }

    private static void check(Storm storm) {
        Tally tally = Awaitility.await("everything is sent")
                .pollInterval(Duration.ofSeconds(1))
                .atMost(Patience.OF_STORMS)
                .until(storm::tally, Tally::settled);
        System.out.print(tally.table("told to stop under load"));
        assertThat(tally.lost()).as("lost").isEmpty();
        assertThat(tally.duplicated()).as("sent twice").isEmpty();
        assertThat(tally.disordered()).as("out of order").isEmpty();
        assertThat(tally.outcomeUnknown()).as("in doubt for good").isEmpty();
        assertThat(tally.failed()).as("failed").isEmpty();
        assertThat(tally.handedOver()).isEqualTo(tally.acknowledged());
        assertThat(tally.repliesLost()).as("replies lost").isEmpty();
        assertThat(tally.strange()).as("answers that should not have come").isEmpty();
    }
}
