package dev.parley.server.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.postgres.ConnectionFile;
import dev.parley.testkit.ledger.Attachment;
import dev.parley.testkit.ledger.Storm;
import dev.parley.testkit.ledger.Talk;
import dev.parley.testkit.ledger.Tally;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Random;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.assertj.core.api.SoftAssertions;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What was acknowledged is compared with what the provider got, after servers were killed and the provider misbehaved.
 * {@code -Dledger.minutes=N} makes each storm last that long and kills all the while.
 */
class LedgerTest {

    private static final int MINUTES = minutes();
    private static final int THREADS = MINUTES > 0 ? 600 : 60;
    /** Over a long time one person gets a message each 6 s at most, so that more would only queue up. */
    private static final Duration PAUSE = Duration.ofMillis(MINUTES > 0 ? 6500 : 200);

    private static final int RATE = 1000;

    @TempDir
    Path folder;

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    @Test
    void aNodeIsKilledWithTheDatabaseInItsDataFolder() throws Exception {
        Path data = folder.resolve("data");
        try (Node node = new Node(Settings.shortWaits(), folder, "node", List.of("--data", data.toString()))) {
            String partnerToken =
                    Files.readString(data.resolve("partner-token")).strip();
            try (World world = World.on(List.of(node), partnerToken, RATE)) {
                int[] kills = {0};
                Tally tally = storm("one node with its database", world, () -> embedded(data), 2, kill -> {
                    node.killWithChildren();
                    node.start();
                    kills[0]++;
                });
                check(tally);
                // An attempt is open in each thread at most.
                checkUnknown(world, tally, kills[0] * THREADS);
            }
        }
    }

    @Test
    void oneOfTwoNodesIsKilled() throws IOException {
        try (OwnPostgres postgres = new OwnPostgres(folder.resolve("postgres"));
                Node first = node(postgres, "first");
                Node second = node(postgres, "second");
                World world = World.on(List.of(first, second), Settings.PARTNER_TOKEN, RATE)) {
            int[] open = {0};
            Supplier<MediaAftermath> aftermath = () -> postgres.aftermath(folder.resolve("nodes"));
            Tally tally = storm("two nodes on one database", world, aftermath, 1, kill -> {
                Node victim = kill % 2 == 0 ? second : first;
                victim.kill();
                open[0] += postgres.openAttempts(kill % 2 == 0 ? "second" : "first");
                victim.start();
            });
            check(tally);
            checkUnknown(world, tally, open[0]);
        }
    }

    private Node node(OwnPostgres postgres, String name) {
        return new Node(
                Settings.shared(),
                folder,
                name,
                List.of("--data", folder.resolve("nodes").toString(), "--database-url", postgres.urlFor(name)));
    }

    private static MediaAftermath embedded(Path data) {
        ConnectionFile file = ConnectionFile.read(data.resolve("postgres")).orElseThrow();
        return new MediaAftermath(file.jdbcUrl(), file.username(), file.password(), data);
    }

    /** @param killer kills and starts again; it is told how often that was done before */
    private Tally storm(String title, World world, Supplier<MediaAftermath> left, int kills, IntConsumer killer)
            throws IOException {
        List<Talk> talks = world.talks(THREADS);
        String template = world.template();
        world.simulator().faults(Misbehaviour.rules(talks));
        try (Storm storm =
                new Storm(talks, world.customer(), world.simulator(), template, world.phoneNumberId(), random)) {
            long start = System.nanoTime();
            long end = start + Duration.ofMinutes(MINUTES).toNanos();
            storm.start(PAUSE, Duration.ofMillis(40));
            int killed = 0;
            LongSummaryStatistics away = new LongSummaryStatistics();
            awaitMore(storm);
            while (killed < kills || System.nanoTime() < end) {
                long kill = System.nanoTime();
                killer.accept(killed);
                away.accept(Duration.ofNanos(System.nanoTime() - kill).toMillis());
                killed++;
                world.simulator().expireUploads(Attachment.sharedHashes());
                awaitMore(storm);
            }
            storm.stop(Duration.ofSeconds(60));
            try (MediaAftermath aftermath = left.get()) {
                aftermath.letOthersFetch();
                long stopped = System.nanoTime();
                Tally tally = settle(storm, aftermath);
                String times = String.format(
                        Locale.ROOT,
                        ", %d s of storm, ready again %d to %d ms after a kill, %d s until all was settled",
                        Duration.ofNanos(stopped - start).toSeconds(),
                        away.getMin(),
                        away.getMax(),
                        Duration.ofNanos(System.nanoTime() - stopped).toSeconds());
                System.out.print(tally.table(title + ", " + killed + " kills, seed " + seed + times));
                checkFolder(storm, aftermath);
                return tally;
            }
        }
    }

    private void awaitMore(Storm storm) {
        int wanted = storm.acknowledged() + 150 + random.nextInt(500);
        Awaitility.await("messages are acknowledged")
                .pollInterval(Duration.ofMillis(10))
                .atMost(Duration.ofSeconds(60))
                .until(() -> storm.acknowledged() >= wanted);
    }

    /** Waits until nothing moves any more, and gives what there is when that takes too long. */
    private static Tally settle(Storm storm, MediaAftermath aftermath) {
        try {
            return Awaitility.await("everything is sent or final")
                    .pollInterval(Duration.ofSeconds(1))
                    .atMost(Duration.ofSeconds(90))
                    .until(
                            () -> {
                                aftermath.fetchAtOnce();
                                return storm.tally();
                            },
                            Tally::settled);
        } catch (ConditionTimeoutException late) {
            return storm.tally();
        }
    }

    /** Also that a file goes with the last message that named it, and what was left of no message goes. */
    private void checkFolder(Storm storm, MediaAftermath aftermath) throws IOException {
        String deleted = storm.deleteOneWithItsOwnFile();
        aftermath.leaveStrays();
        assertThat(aftermath.has(deleted)).isTrue();
        aftermath.sweep();
        assertThat(aftermath.has(deleted)).as("a file of a deleted message").isFalse();
        aftermath.check("seed " + seed);
    }

    private void check(Tally tally) {
        SoftAssertions softly = new SoftAssertions();
        softly.assertThat(tally.acknowledged()).as("acknowledged").isEqualTo(tally.attempted());
        softly.assertThat(tally.handedOver()).as("handed over").isGreaterThan(tally.acknowledged() * 9 / 10);
        Map<String, List<String>> mustBeEmpty = Map.ofEntries(
                Map.entry("lost", tally.lost()),
                Map.entry("duplicated", tally.duplicated()),
                Map.entry("out of order in a thread", tally.disordered()),
                Map.entry("outcome_unknown though a callback told", tally.unheard()),
                Map.entry("sent and never attempted, or told and never sent", tally.invented()),
                Map.entry("replies lost", tally.repliesLost()),
                Map.entry("replies doubled", tally.repliesDoubled()),
                Map.entry("handed over with another file or as another kind", tally.mistaken()),
                Map.entry("files that are not there or are others", tally.fileProblems()),
                Map.entry("statuses that went backward", tally.backward()),
                Map.entry("answers that should not have come", tally.strange()));
        softly.assertThat(tally.templates()).as("templates").isGreaterThan(tally.acknowledged() / 10);
        softly.assertThat(tally.files()).as("files").isGreaterThan(tally.acknowledged() / 6);
        mustBeEmpty.forEach((name, found) ->
                softly.assertThat(found).as(name + ", seed " + seed).isEmpty());
        softly.assertThat(tally.waiting()).as("neither sent nor final").isZero();
        softly.assertThat(tally.callbacksQueued()).as("callbacks not delivered").isZero();
        softly.assertAll();
    }

    /** Of the unknown outcomes, no more come from kills than attempts were open, and no more from faults than were injected. */
    private void checkUnknown(World world, Tally tally, int openAtKills) {
        long ofKills = tally.outcomeUnknown().stream()
                .filter(world::lastAttemptHasNoAnswer)
                .count();
        assertThat(ofKills).as("unknown because of kills, seed " + seed).isLessThanOrEqualTo(openAtKills);
        assertThat(tally.outcomeUnknown().size() - ofKills)
                .as("unknown because of faults, seed " + seed)
                .isLessThanOrEqualTo(Misbehaviour.unknownOutcomes(world.simulator()));
    }

    private static int minutes() {
        String given = System.getProperty("ledger.minutes", "0");
        return given.isBlank() ? 0 : Integer.parseInt(given);
    }
}
