package dev.parley.server.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.server.messages.SubmitService;
import dev.parley.server.messages.Submitted;
import dev.parley.server.platform.db.CuttingProxy;
import dev.parley.server.platform.db.Database;
import dev.parley.server.platform.db.DatabaseOptions;
import dev.parley.server.platform.db.Written;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Messages that go out by the commit that accepts them; that nobody else claims for their account shows that they did. */
@NullUnmarked
class DirectClaimTest {

    private DispatchWorld world;
    private Connection claiming;
    private UUID thread;

    @BeforeEach
    void begin() throws Exception {
        // A claim that renews an allowance holds 256 for a moment.
        begin(1000);
    }

    private void begin(int concurrency) throws Exception {
        world = new DispatchWorld(concurrency);
        thread = world.thread("31612345678", Duration.ofHours(23));
        world.submit(thread, "claimed");
        reached(thread, "sent");
        await().until(() -> world.dispatcher.underWay() == 0);
        claiming = world.test.connect();
        claiming.setAutoCommit(false);
        try (var lock = claiming.createStatement()) {
            lock.execute("select from account_dispatch for update");
        }
    }

    @AfterEach
    void end() throws Exception {
        claiming.close();
        world.close();
    }

    @Test
    void goesOutWithoutAClaimAndLeavesWhatAClaimLeaves() throws Exception {
        world.allow(10);
        world.submit(thread, "direct");
        reached(thread, "sent", "sent");
        assertThat(world.ledgerTexts()).containsExactlyInAnyOrder("claimed", "direct");
        assertThat(world.texts(
                        "select concat_ws(' ', last_seq, done_seq, fence, has_work, lease_until is null, strikes,"
                                + " round(pair_tokens)) from thread_dispatch"))
                .containsExactly("2 2 2 f t 0 43");
        assertThat(world.texts(
                        "select concat_ws(' ', m.phase, m.tries, a.number, a.fence, a.outcome, a.account_id = m.account_id)"
                                + " from messages m join attempts a on a.message_id = m.id order by m.seq"))
                .containsExactly("done 1 1 1 accepted t", "done 1 1 2 accepted t");
        await().until(() -> world.dispatcher.underWay() == 0);
    }

    @Test
    void isOneForEachTokenAndTheOthersWaitForAClaim() throws Exception {
        List<UUID> threads = threads(5);
        world.allow(3);
        threads.forEach(one -> world.submit(one, "hello"));
        await().until(() -> world.count("select count(*) from messages where delivery_status = 'sent'") == 1 + 3);
        assertThat(world.count("select count(*) from messages where phase = 'queued'"))
                .isEqualTo(2);
        claiming.rollback();
        await().until(() -> world.count("select count(*) from messages where delivery_status = 'sent'") == 1 + 5);
        assertThat(world.ledgerTexts()).hasSize(6);
    }

    @Test
    void messagesOfOneThreadKeepTheirOrder() throws Exception {
        claiming.rollback();
        world.slow(Duration.ofMillis(20));
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            world.allow(10);
            texts.add("text " + i);
            world.submit(thread, "text " + i);
        }
        await().until(() -> world.count("select count(*) from messages where delivery_status = 'sent'") == 21);
        assertThat(world.ledgerTexts().subList(1, 21)).isEqualTo(texts);
    }

    @Test
    void waitsWhereTheAccountWasChangedSince() {
        world.allow(10);
        world.run("update channel_accounts set version = version + 1");
        world.submit(thread, "changed");
        assertThat(world.texts("select phase from messages order by seq")).containsExactly("done", "queued");
        world.run("update channel_accounts set version = version - 1, status = 'paused'");
        world.submit(world.thread("31612345679", Duration.ofHours(23)), "paused");
        assertThat(world.count("select count(*) from messages where phase = 'queued'"))
                .isEqualTo(2);
    }

    @Test
    void waitsWhereTheCandidateWasToldTooMuchOrSomethingWaitsBeforeIt() {
        world.allow(10);
        world.run("update thread_dispatch set pair_tokens = 0.5, pair_refilled_at = now()");
        world.submit(thread, "too much");
        world.run("update thread_dispatch set pair_tokens = 40, due_at = now() + interval '1 hour'");
        world.submit(thread, "behind it");
        assertThat(world.texts("select phase from messages order by seq")).containsExactly("done", "queued", "queued");
    }

    @Test
    void waitsWhileNoCallMayStartAndItsTokenIsKept() throws Exception {
        end();
        begin(4);
        world.slow(Duration.ofMillis(800));
        world.allow(100);
        threads(5).forEach(one -> world.submit(one, "hello"));
        assertThat(world.texts("select count(*) filter (where phase in ('open', 'done')) || ' '"
                        + " || count(*) filter (where phase = 'queued') from messages where thread_id <> '" + thread
                        + "'"))
                .as("four at once")
                .containsExactly("4 1");
        assertThat(world.dispatcher.allowances().withdraw(new AccountKey(world.organization, world.account)))
                .isEqualTo(96);
    }

    @Test
    void goesToTheAddressThatTheThreadGotWhileItsPlaceWasWaitedFor() throws Exception {
        world.allow(10);
        CompletableFuture<Written<Submitted>> submitted;
        try (Connection changing = world.test.connect();
                Statement statement = changing.createStatement()) {
            changing.setAutoCommit(false);
            statement.execute("select from thread_dispatch for update");
            statement.execute("update threads set identifier = '31687654321'");
            submitted = CompletableFuture.supplyAsync(() -> world.submit(thread, "direct"));
            await().until(() -> world.count("select count(*) from pg_stat_activity where datname = current_database()"
                            + " and wait_event_type = 'Lock' and query like '%last_seq%'")
                    == 1);
            changing.commit();
        }
        assertThat(submitted.get()).isInstanceOf(Written.Done.class);
        reached(thread, "sent", "sent");
        assertThat(world.ledger("to")).containsExactly("+31612345678", "+31687654321");
    }

    @Test
    void whatIsRolledBackGivesTokenAndPermitBack() throws Exception {
        world.allow(1);
        world.run("alter table attempts add constraint refused check (fence < 2)");
        assertThat(world.submit(thread, "refused")).isInstanceOf(Written.Refused.class);
        // A claim that renews the allowance holds permits for a moment.
        await().until(() -> world.dispatcher.underWay() == 0);
        world.run("alter table attempts drop constraint refused");
        world.submit(thread, "direct");
        reached(thread, "sent", "sent");
        assertThat(world.ledgerTexts()).containsExactlyInAnyOrder("claimed", "direct");
    }

    @Test
    void isSentWhereTheAnswerToTheCommitWasLost() throws Exception {
        assertThat(submittedCut(CuttingProxy::cutNextCommit)).isInstanceOf(Written.Done.class);
        reached(thread, "sent", "sent");
        assertThat(world.ledgerTexts()).containsExactlyInAnyOrder("claimed", "direct");
    }

    @Test
    void isNotSentWhereNobodyKnowsOfTheCommitAndThenClaimedAnew() throws Exception {
        assertThat(submittedCut(CuttingProxy::cutNextCommitForGood)).isInstanceOf(Written.Unknown.class);
        await().until(() -> world.texts("select phase from messages order by seq"), List.of("done", "queued")::equals);
        assertThat(world.ledgerTexts()).containsExactly("claimed");
        claiming.rollback();
        world.dispatcher.look();
        reached(thread, "sent", "sent");
        assertThat(world.texts(
                        "select a.number || ' ' || a.outcome from attempts a join messages m on m.id = a.message_id"
                                + " order by m.seq, 1"))
                .containsExactly("1 accepted", "1 not_sent", "2 accepted");
        assertThat(world.ledgerTexts()).containsExactlyInAnyOrder("claimed", "direct");
    }

    /** Submits through a connection that is lost in the commit. */
    private Written<Submitted> submittedCut(Consumer<CuttingProxy> cut) throws Exception {
        try (CuttingProxy proxy = new CuttingProxy(world.test.jdbcUrl());
                Database through = Database.open(new DatabaseOptions(
                        proxy.jdbcUrl(),
                        world.test.username(),
                        world.test.password(),
                        1,
                        true,
                        Duration.ofSeconds(20)));
                SubmitService submit = world.submitOn(through)) {
            cut.accept(proxy);
            world.allow(1);
            Written<Submitted> written = world.submit(submit, thread, "direct");
            assertThat(proxy.cuts()).isEqualTo(1);
            return written;
        }
    }

    private List<UUID> threads(int count) {
        List<UUID> threads = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            threads.add(world.thread("3162000000" + i, Duration.ofHours(23)));
        }
        return threads;
    }

    private void reached(UUID one, String... statuses) {
        await().until(() -> world.statuses(one), List.of(statuses)::equals);
    }
}
