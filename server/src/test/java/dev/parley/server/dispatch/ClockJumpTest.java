package dev.parley.server.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.server.platform.clock.ClockWatch;
import dev.parley.testkit.clock.SteerableClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A node's clock jumps by an hour; and the database's. */
@NullUnmarked
class ClockJumpTest {

    private static final Duration LEASE = Duration.ofSeconds(20);
    private static final Duration DOUBT_WAIT = Duration.ofMinutes(10);

    private static final String WAITING = "select (select count(*) from thread_dispatch where due_at > parley_now())"
            + " + (select count(*) from read_receipts where due_at > parley_now())";

    private final SteerableClock clock = SteerableClock.realNow();
    private DispatchWorld world;

    @BeforeEach
    void begin() throws Exception {
        world = new DispatchWorld(
                new DispatchSettings(
                        100,
                        Duration.ofSeconds(6),
                        LEASE,
                        DOUBT_WAIT,
                        Duration.ofMillis(50),
                        Duration.ofSeconds(1),
                        new Circuit.Limits(1000, Duration.ofMillis(100), Duration.ofSeconds(1))),
                clock);
    }

    @AfterEach
    void end() {
        world.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 1})
    void aDoubtLastsAsLongAsEver(int hours) throws Exception {
        UUID thread = world.thread("31612345678", Duration.ofHours(23));
        clock.advance(Duration.ofHours(hours));
        world.next(1, "acceptThenCut", Map.of());
        world.submit(thread, "first");
        world.submit(thread, "second");
        await().untilAsserted(() -> assertThat(world.statuses(thread)).containsExactly("accepted", "sent"));
        assertThat(world.count("select extract(epoch from doubt_until - parley_now())::int from messages"
                        + " where phase = 'doubt'"))
                .isBetween(DOUBT_WAIT.toSeconds() - 60, DOUBT_WAIT.toSeconds());
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 1})
    void whatIsTriedAgainIsTriedAgainSoonAndInItsOrder(int hours) throws Exception {
        UUID thread = world.thread("31612345678", Duration.ofMinutes(30));
        world.next(2, "error", Map.of("code", 130429));
        world.submit(thread, "first");
        clock.advance(Duration.ofHours(hours));
        world.submit(thread, "second");
        await().untilAsserted(() -> assertThat(world.statuses(thread)).containsExactly("sent", "sent"));
        assertThat(world.ledgerTexts()).containsExactly("first", "second");
    }

    @Test
    void aWindowThatIsClosedStaysSoForANodeThatIsLate() throws Exception {
        UUID thread = world.thread("31612345678", Duration.ofMinutes(1));
        clock.advance(Duration.ofHours(-1));
        world.run("update channel_accounts set status = 'paused'");
        world.submit(thread, "accepted in time");
        world.run("update thread_windows set expires_at = parley_now() - interval '1 minute'");
        world.submit(thread, "too late");
        world.run("update channel_accounts set status = 'connected'");
        await().untilAsserted(() -> {
            world.dispatcher.look();
            assertThat(world.statuses(thread)).containsOnly("failed");
        });
        assertThat(world.ledgerTexts()).isEmpty();
    }

    @Test
    void whenTheDatabasesJumpsBackNoRateStandsStill() throws Exception {
        world.run("update channel_accounts set messages_per_second = 1");
        UUID thread = world.thread("31612345678", Duration.ofHours(23));
        world.submit(thread, "first");
        await().untilAsserted(() -> assertThat(world.statuses(thread)).containsExactly("sent"));
        world.run("update account_dispatch set tokens = 0, refilled_at = parley_now()");
        world.run("update thread_dispatch set pair_tokens = 0.9, pair_refilled_at = parley_now()");
        world.run("update database_clock set shift = interval '-1 hour'");
        world.submit(thread, "second");
        await().untilAsserted(() -> {
            world.dispatcher.look();
            assertThat(world.statuses(thread)).containsExactly("sent", "sent");
        });
        assertThat(world.ledgerTexts()).containsExactly("first", "second");
    }

    @Test
    void whenTheDatabasesJumpsBackWhatWaitsIsRecalled() throws Exception {
        UUID thread = world.thread("31612345678", Duration.ofHours(23));
        ClockWatch watch = watch();
        assertThat(watch.runOneCycle()).isFalse();
        world.run("update thread_dispatch set pair_tokens = 0, pair_refilled_at = parley_now()");
        world.submit(thread, "waits for its turn");
        await().until(() -> world.count("select count(*) from thread_dispatch where due_at > parley_now()") == 1);
        world.run("update thread_dispatch set pair_tokens = 5");
        world.run("update database_clock set shift = interval '-1 hour'");
        assertThat(watch.runOneCycle()).isTrue();
        await().untilAsserted(() -> {
            world.dispatcher.look();
            assertThat(world.statuses(thread)).containsExactly("sent");
        });
        assertThat(watch.runOneCycle()).isFalse();
    }

    @Test
    void whenTheDatabasesJumpsBackALeaseAndADoubtLastNoLongerThanNewOnes() throws Exception {
        UUID thread = world.thread("31612345678", Duration.ofHours(23));
        UUID doubted = world.thread("31612345679", Duration.ofHours(23));
        ClockWatch watch = watch();
        watch.runOneCycle();
        world.next(1, "acceptThenCut", Map.of());
        world.submit(doubted, "in doubt");
        await().until(() -> world.count("select count(*) from messages where phase = 'doubt'") == 1);
        world.dispatcher.close();
        world.submit(thread, "claimed by a node that dies");
        assertThat(world.claimer()
                        .claim(new AccountKey(world.organization, world.account), 1)
                        .result()
                        .duties())
                .hasSize(1);
        world.run("update database_clock set shift = interval '-1 hour'");
        watch.runOneCycle();
        assertThat(world.count("select extract(epoch from lease_until - parley_now())::int from thread_dispatch"
                        + " where lease_until = due_at"))
                .isBetween(LEASE.toSeconds() - 5, LEASE.toSeconds());
        assertThat(world.count("select extract(epoch from doubt_until - parley_now())::int from messages"
                        + " where phase = 'doubt'"))
                .isBetween(DOUBT_WAIT.toSeconds() - 5, DOUBT_WAIT.toSeconds());
    }

    @Test
    void whenTheDatabasesJumpsBackEveryThreadAndReceiptIsRecalledChunkByChunk() throws Exception {
        world.dispatcher.close();
        for (int i = 0; i < 5; i++) {
            world.submit(world.thread("3161234567" + i, Duration.ofHours(23)), "waits");
        }
        world.run("insert into read_receipts (organization_id, thread_id, account_id, provider_message_id, written_at,"
                + " due_at) select organization_id, thread_id, account_id, 'wamid.1', parley_now(), parley_now()"
                + " from thread_dispatch");
        world.run("update database_clock set shift = interval '-1 hour'");
        assertThat(world.count(WAITING)).isEqualTo(10);
        new DispatchRecall(LEASE, DOUBT_WAIT, 2).recall(world.database);
        assertThat(world.count(WAITING)).isZero();
    }

    private ClockWatch watch() {
        return new ClockWatch(world.database, System::nanoTime, List.of(new DispatchRecall(LEASE, DOUBT_WAIT)));
    }

    @Test
    void whenTheDatabasesJumpsAheadOfALeaseNothingIsSentTwice() throws Exception {
        UUID thread = world.thread("31612345678", Duration.ofHours(23));
        world.slow(Duration.ofMillis(1000));
        world.submit(thread, "first");
        await().until(() -> world.count("select count(*) from attempts where outcome is null") == 1);
        world.run("update database_clock set shift = interval '1 hour'");
        await().untilAsserted(() -> {
            world.dispatcher.look();
            assertThat(world.statuses(thread))
                    .as(() -> world.texts("select coalesce(outcome, 'open') from attempts")
                            .toString())
                    .isEqualTo(List.of("sent"));
        });
        world.submit(thread, "second");
        await().untilAsserted(() -> assertThat(world.statuses(thread)).containsExactly("sent", "sent"));
        assertThat(world.ledgerTexts()).containsExactly("first", "second");
    }
}
