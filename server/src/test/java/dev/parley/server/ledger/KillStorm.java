package dev.parley.server.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.Patience;
import dev.parley.testkit.ledger.Attachment;
import dev.parley.testkit.ledger.Storm;
import dev.parley.testkit.ledger.Talk;
import dev.parley.testkit.ledger.Tally;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.assertj.core.api.SoftAssertions;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** A storm of messages in which something is killed again and again, and the judge of what came of it. */
final class KillStorm {

    private static final int MINUTES = Integer.getInteger("ledger.minutes", 0);
    private static final boolean LONG = MINUTES > 0 || Kill.many();

    /** Who is written to at once. */
    static final int THREADS = LONG ? 600 : 60;
    /** Over a long time one person gets a message each 6 s at most, so that more would only queue up. */
    private static final Duration PAUSE = Duration.ofMillis(LONG ? 6500 : 200);

    private static final Duration SETTLING = LONG ? Duration.ofMinutes(10) : Patience.OF_STORMS;
    /** More than can be under way when something is killed. */
    private static final int SURELY_NEW = 40;

    private final String title;
    private final World world;
    private final Random random;
    private final long seed;
    /** From a kill until what was killed is ready again and messages are accepted, by what it was. */
    private final Map<String, LongSummaryStatistics> away = new TreeMap<>();

    KillStorm(String title, World world, long seed) {
        this.title = title;
        this.world = world;
        this.seed = seed;
        this.random = new Random(seed);
    }

    /**
     * Runs to its end and prints the ledger.
     *
     * @param left behind when all is stopped
     * @param kills at least; more while {@code -Dledger.minutes} are not over
     * @param killer kills and starts again; it is told how often that was done before, and says what was killed
     */
    Tally run(Supplier<MediaAftermath> left, int kills, IntFunction<String> killer) throws IOException {
        List<Talk> talks = world.talks(THREADS);
        String template = world.template();
        world.simulator().faults(Misbehaviour.rules(talks));
        try (Storm storm =
                new Storm(talks, world.customer(), world.simulator(), template, world.phoneNumberId(), random, PAUSE)) {
            long start = System.nanoTime();
            long end = start + Duration.ofMinutes(MINUTES).toNanos();
            storm.start(Duration.ofMillis(40));
            int killed = 0;
            awaitMore(storm, more());
            while (killed < kills || System.nanoTime() < end) {
                strike(storm, killed, killer);
                killed++;
                world.simulator().expireUploads(Attachment.sharedHashes());
                awaitMore(storm, more());
            }
            storm.stop(Patience.OF_STORMS);
            return judged(storm, left, start, killed);
        }
    }

    private void strike(Storm storm, int killed, IntFunction<String> killer) {
        long struck = System.nanoTime();
        String what = killer.apply(killed);
        awaitMore(storm, SURELY_NEW);
        away.computeIfAbsent(what, any -> new LongSummaryStatistics())
                .accept(Duration.ofNanos(System.nanoTime() - struck).toMillis());
        if (LONG) {
            System.out.printf(Locale.ROOT, "%s: kill %d, %s%n", title, killed + 1, away);
        }
    }

    private Tally judged(Storm storm, Supplier<MediaAftermath> left, long start, int killed) throws IOException {
        try (MediaAftermath aftermath = left.get()) {
            aftermath.letOthersFetch();
            long stopped = System.nanoTime();
            Tally tally = settle(storm, aftermath);
            String times = String.format(
                    Locale.ROOT,
                    ", %d s of storm, started again and accepting after a kill of%s, %d s until all was settled",
                    Duration.ofNanos(stopped - start).toSeconds(),
                    recovery(),
                    Duration.ofNanos(System.nanoTime() - stopped).toSeconds());
            System.out.print(tally.table(title + ", " + killed + " kills, seed " + seed + times));
            checkFolder(storm, aftermath);
            check(tally);
            return tally;
        }
    }

    private String recovery() {
        StringBuilder text = new StringBuilder();
        away.forEach((what, times) -> text.append(String.format(
                Locale.ROOT,
                " %s (%d): %d to %d ms, mean %.0f;",
                what,
                times.getCount(),
                times.getMin(),
                times.getMax(),
                times.getAverage())));
        return text.toString();
    }

    private int more() {
        return 150 + random.nextInt(LONG ? 500 : 200);
    }

    private static void awaitMore(Storm storm, int more) {
        int wanted = storm.acknowledged() + more;
        Awaitility.await("messages are acknowledged")
                .pollInterval(Duration.ofMillis(10))
                .atMost(Patience.OF_STORMS)
                .until(() -> storm.acknowledged() >= wanted);
    }

    /** Waits until nothing moves any more, and gives what there is when that takes too long. */
    private static Tally settle(Storm storm, MediaAftermath aftermath) {
        try {
            return Awaitility.await("everything is sent or final")
                    .pollInterval(Duration.ofSeconds(1))
                    .atMost(SETTLING)
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
    void checkUnknown(Tally tally, int openAtKills) {
        long ofKills = tally.outcomeUnknown().stream()
                .filter(world::lastAttemptHasNoAnswer)
                .count();
        assertThat(ofKills).as("unknown because of kills, seed " + seed).isLessThanOrEqualTo(openAtKills);
        assertThat(tally.outcomeUnknown().size() - ofKills)
                .as("unknown because of faults, seed " + seed)
                .isLessThanOrEqualTo(Misbehaviour.unknownOutcomes(world.simulator()));
    }
}
