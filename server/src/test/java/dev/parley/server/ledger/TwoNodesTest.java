package dev.parley.server.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testkit.ledger.Answer;
import dev.parley.testkit.ledger.Customer;
import dev.parley.testkit.ledger.Sent;
import dev.parley.testkit.ledger.Talk;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two servers on one PostgreSQL share what the provider allows, and each other's work. */
@Tag("storm")
class TwoNodesTest {

    /** For 80 messages, of which two may go at once; two nodes that did not share would need half of it. */
    private static final Duration AT_TWENTY_A_SECOND = Duration.ofMillis(3_800);

    @TempDir
    private static Path folder;

    private static OwnPostgres postgres;
    private static Node first;
    private static Node second;

    @BeforeAll
    static void start() {
        postgres = new OwnPostgres(folder.resolve("postgres"));
        first = node("first");
        second = node("second");
    }

    @AfterAll
    static void stop() {
        first.close();
        second.close();
        postgres.close();
    }

    @Test
    void theRateOfAnAccountIsShared() {
        try (World world = World.on(List.of(first, second), Settings.PARTNER_TOKEN, 20)) {
            List<Talk> talks = world.talks(40);
            double before = attempts(first);
            double beforeSecond = attempts(second);
            Instant begun = Instant.now();
            talks.forEach(talk -> world.send(talk, "first"));
            talks.forEach(talk -> world.send(talk, "second"));
            Awaitility.await("all are handed over")
                    .until(() -> world.simulator().ledger().size() == 80);

            assertThat(last(world)).as("the last").isAfter(begun.plus(AT_TWENTY_A_SECOND));
            assertThat(attempts(first)).as("attempts of one").isGreaterThan(before);
            assertThat(attempts(second)).as("attempts of the other").isGreaterThan(beforeSecond);
        }
    }

    @Test
    void thePairLimitIsShared() {
        try (World world = World.on(List.of(first, second), Settings.PARTNER_TOKEN, 1000)) {
            world.register(Map.of("pairLimit", true));
            Talk talk = world.talks(1).getFirst();
            for (int i = 0; i < 46; i++) {
                world.send(talk, "number " + i);
            }
            Awaitility.await("all are handed over")
                    .until(() -> world.simulator().ledger().size() == 46);
            assertThat(postgres.count("select count(*) from attempts where outcome = 'refused'"))
                    .as("hit limits")
                    .isLessThanOrEqualTo(2);
        }
    }

    @Test
    void theOpenAttemptsOfAKilledNodeAreFoundInDoubtByTheOther() {
        try (World world = World.on(List.of(second), Settings.PARTNER_TOKEN, 1000);
                Customer elsewhere = world.customerAt(first)) {
            List<Talk> talks = world.talks(30);
            world.register(Map.of("statuses", List.of()));
            world.simulator().faults(List.of(Map.of("effects", Map.of("slow", Map.of("ms", 900)))));
            List<String> ids =
                    talks.stream().map(talk -> world.send(talk, talk.phone())).toList();
            Awaitility.await("calls are under way")
                    .pollInterval(Duration.ofMillis(10))
                    .until(() -> world.simulator().ledger().size() >= 5);
            second.kill();
            assertThat(postgres.openAttempts("second")).isPositive();

            Awaitility.await("each is sent or in doubt")
                    .until(() -> ids.stream().noneMatch(id -> isUndecided(elsewhere, id)));
            assertThat(postgres.count("select count(*) from attempts where outcome is null"))
                    .isZero();
            assertThat(postgres.count("select count(*) from messages where phase = 'doubt'"))
                    .as("in doubt")
                    .isPositive();
            assertThat(world.simulator().ledger()).extracting(Sent::text).doesNotHaveDuplicates();
        } finally {
            second.start();
        }
    }

    private static boolean isUndecided(Customer customer, String id) {
        Answer message = customer.call("GET", "/messages/" + id, null);
        return message.attributes().path("deliveryStatus").asString().equals("accepted")
                && !message.data().path("meta").has("inDoubtSince");
    }

    private static double attempts(Node node) {
        return new Scrape(node.process()).sum("parley_attempts_seconds_count");
    }

    private static Node node(String name) {
        return new Node(
                Settings.shared(),
                folder,
                name,
                List.of("--data", folder.resolve("nodes").toString(), "--database-url", postgres.urlFor(name)));
    }

    /** When the provider got the last message. A busy machine can only make it later. */
    private static Instant last(World world) {
        long micros = world.simulator().ledger().stream()
                .mapToLong(Sent::receivedAtMicros)
                .max()
                .orElseThrow();
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
