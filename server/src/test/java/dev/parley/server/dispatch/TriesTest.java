package dev.parley.server.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of a message, and of those behind it, when the provider does not simply say yes. */
@NullUnmarked
class TriesTest {

    private static final String PHONE = "31612345678";

    private DispatchWorld world;
    private UUID thread;

    @BeforeEach
    void begin() throws Exception {
        world = new DispatchWorld();
        thread = world.thread(PHONE, Duration.ofHours(23));
    }

    @AfterEach
    void end() {
        world.close();
    }

    @Test
    void whatMayHelpByItselfIsTriedAgainInItsPlace() throws Exception {
        world.next(2, "error", Map.of("code", 130429));
        send("first", "second");
        awaitStatuses("sent", "sent");
        assertThat(world.ledgerTexts()).containsExactly("first", "second");
        assertThat(outcomes("first")).containsExactly("refused", "refused", "accepted");
        assertThat(outcomes("second")).containsExactly("accepted");
    }

    @ParameterizedTest
    @CsvSource({"131026, recipient_unreachable, false", "131048, rate_limited, true", "131009, invalid_content, false"})
    void whatDoesNotHelpSoonFailsAtOnceAndTheNextGoes(int code, String reason, boolean retryable) throws Exception {
        world.next(1, "error", Map.of("code", code));
        send("first", "second");
        awaitStatuses("failed", "sent");
        assertThat(world.ledgerTexts()).containsExactly("second");
        assertThat(outcomes("first")).containsExactly("refused");
        assertThat(world.text("select errors->0->>'code' || ' ' || (errors->0->>'retryable') from messages"
                        + " where delivery_status = 'failed'"))
                .isEqualTo(reason + " " + retryable);
    }

    @Test
    void aPairThatIsLimitedWaitsAloneForASecondFirst() throws Exception {
        UUID other = world.thread("31612345679", Duration.ofHours(23));
        world.next(1, "error", Map.of("code", 131056));
        send("first");
        await().untilAsserted(() -> assertThat(
                        world.count("select strikes from thread_dispatch where thread_id = '" + thread + "'"))
                .isEqualTo(1));
        world.submit(other, "elsewhere");
        await().untilAsserted(() -> assertThat(world.statuses(other)).containsExactly("sent"));
        await().untilAsserted(() -> {
            world.dispatcher.look();
            assertThat(world.statuses(thread)).containsExactly("sent");
        });
        assertThat(world.ledgerTexts()).containsExactly("elsewhere", "first");
    }

    @Test
    void whatAPauseHeldUpGoesWhenTheAccountIsConnectedThoughNobodySaysSo() throws Exception {
        world.run("update channel_accounts set status = 'paused'");
        send("first", "second");
        look();
        await().until(() -> world.count("select count(*) from account_dispatch where parked") == 1);
        // As after a node that died between connecting it and telling the dispatcher.
        world.run("update channel_accounts set status = 'connected'");
        await().untilAsserted(() -> {
            world.dispatcher.look();
            assertThat(world.statuses(thread)).containsExactly("sent", "sent");
        });
        assertThat(world.count("select count(*) from account_dispatch where parked"))
                .isZero();
    }

    @Test
    void whatWasLockedWhenItsAccountWasConnectedGoesWhenItNoLongerIs() throws Exception {
        UUID other = world.thread("31612345679", Duration.ofHours(23));
        world.run("update channel_accounts set status = 'paused'");
        send("first");
        world.submit(other, "other");
        look();
        await().until(() -> world.count("select count(*) from thread_dispatch where due_at > parley_now()") == 2);
        try (Connection locking = world.test.connect();
                Statement statement = locking.createStatement()) {
            locking.setAutoCommit(false);
            statement.execute("select from thread_dispatch where thread_id = '" + other + "' for update");
            world.run("update channel_accounts set status = 'connected'");
            world.dispatcher.look();
            awaitStatuses("sent");
            assertThat(world.statuses(other)).containsExactly("accepted");
            locking.rollback();
        }
        await().untilAsserted(() -> {
            world.dispatcher.look();
            assertThat(world.statuses(other)).containsExactly("sent");
        });
    }

    @Test
    void aHeadThatExpiredFailsAndTheNextGoes() throws Exception {
        world.run("update channel_accounts set status = 'paused'");
        send("first", "second");
        world.run("update messages set expires_at = now() - interval '1 s' where " + says("first"));
        world.run("update channel_accounts set status = 'connected'");
        look();
        awaitStatuses("failed", "sent");
        assertThat(world.text("select errors->0->>'code' from messages where " + says("first")))
                .isEqualTo("expired");
        assertThat(world.count("select count(*) from attempts where outcome is not null"))
                .isEqualTo(1);
    }

    @Test
    void aDoubtBlocksNobodyAndEndsAsUnknown() throws Exception {
        world.next(1, "acceptThenCut", Map.of());
        send("first", "second");
        awaitStatuses("accepted", "sent");
        assertThat(world.ledgerTexts()).containsExactly("first", "second");
        assertThat(outcomes("first")).containsExactly("unknown");

        world.run("update messages set doubt_until = parley_now() - interval '1 s' where phase = 'doubt'");
        DoubtSweep sweep = new DoubtSweep(world.database, world.node);
        assertThat(sweep.runOneCycle()).as("nobody could hear evidence so far").isZero();
        beat();
        assertThat(sweep.runOneCycle()).as("the wait begins anew").isZero();
        world.run("update messages set doubt_until = parley_now() - interval '1 s' where phase = 'doubt'");
        assertThat(sweep.runOneCycle()).isEqualTo(1);
        assertThat(world.statuses(thread)).containsExactly("failed", "sent");
        assertThat(world.text("select errors->0->>'code' from messages where " + says("first")))
                .isEqualTo("outcome_unknown");
    }

    @Test
    void whereItIsWantedADoubtIsSentOnceMoreAndHoldsItsThreadUntilThen() throws Exception {
        world.run("update channel_accounts set in_doubt = 'resend'");
        world.next(1, "acceptThenCut", Map.of());
        send("first", "second");
        await().untilAsserted(() -> assertThat(world.count("select count(*) from messages where phase = 'hold'"))
                .isEqualTo(1));

        overdue();
        await("it is put off: nobody could hear evidence so far")
                .untilAsserted(() -> assertThat(
                                world.count("select count(*) from thread_dispatch where due_at > parley_now()"))
                        .isEqualTo(1));
        assertThat(world.ledgerTexts()).containsExactly("first");
        beat();
        assertThat(world.count("select count(*) from messages where doubt_until > parley_now()"))
                .as("the wait begins anew")
                .isEqualTo(1);

        overdue();
        awaitStatuses("sent", "sent");
        assertThat(world.ledgerTexts()).containsExactly("first", "first", "second");
        assertThat(outcomes("first")).containsExactly("unknown", "accepted");
    }

    private void overdue() {
        world.run("update messages set doubt_until = parley_now() - interval '1 s' where phase = 'hold'");
        look();
    }

    private void look() {
        world.run("update thread_dispatch set due_at = '-infinity'");
        world.dispatcher.look();
    }

    private void beat() {
        new NodeHeartbeat(world.database, world.node, world.settings.doubtWait()).runOneCycle();
    }

    private void send(String... texts) {
        for (String text : texts) {
            world.submit(thread, text);
        }
    }

    private void awaitStatuses(String... statuses) {
        await().untilAsserted(() -> assertThat(world.statuses(thread)).containsExactly(statuses));
    }

    private List<String> outcomes(String text) {
        return world.texts("select a.outcome from attempts a join messages m on m.id = a.message_id where " + says(text)
                + " order by a.number");
    }

    private static String says(String text) {
        return "payload->'text'->>'value' = '" + text + "'";
    }
}
