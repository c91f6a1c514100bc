package dev.parley.server.threads;

import static dev.parley.server.threads.ThreadIdentityTest.sender;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.connector.Address;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MergeTest {

    private static final Address OLD = new Address(Address.PHONE, "31600000501");
    private static final Address YOUNG = new Address(Address.PHONE, "31600000502");

    private ThreadWorld world;
    private UUID older;
    private UUID younger;

    @BeforeEach
    void start() throws Exception {
        world = new ThreadWorld();
        older = world.thread(OLD.value());
        younger = world.thread(YOUNG.value());
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void shouldQueueTheYoungersMessagesBehindTheOldersInTheirOrder() {
        world.submit(older, "a1", null);
        world.submit(younger, "b1", null);
        world.submit(older, "a2", null);
        world.submit(younger, "b2", null);

        world.identity.learned(world.organization, older, null, List.of(YOUNG));

        assertThat(world.sweep.runOneCycle()).isZero();
        assertThat(world.queue(older)).containsExactly("a1", "a2", "b1", "b2");
        assertThat(world.texts("select id from messages where thread_id = '" + younger + "'"))
                .isEmpty();
        assertThat(world.texts("select thread_id from thread_dispatch")).containsExactly(older.toString());
        assertThat(world.woken).containsExactly(world.account);
    }

    @Test
    void shouldKeepTheOlderWhicheverLearns() {
        world.submit(younger, "b1", null);
        world.run("update thread_dispatch set lane = 1 where thread_id = '" + younger + "'");

        world.identity.learned(world.organization, younger, null, List.of(OLD));
        world.sweep.runOneCycle();

        assertThat(world.queue(older)).containsExactly("b1");
        assertThat(world.text(
                        "select account_id || ' ' || lane || ' ' || (due_at <= parley_now()) from thread_dispatch"))
                .isEqualTo(world.account + " 1 true");
        assertThat(world.get(younger).path("id").asString()).isEqualTo(older.toString());
        assertThat(world.submit(younger, "b2", null)).isNotNull();
        assertThat(world.queue(older)).containsExactly("b1", "b2");
        assertThat(world.events(younger)).containsExactly("create", "delete");
        assertThat(world.events(older)).containsExactly("create");
    }

    @Test
    void shouldMoveHistoryWindowsAddressesAndCandidate() {
        UUID candidate = world.candidate(world.organization, YOUNG.value(), "Ada");
        world.patch(younger, "\"candidateId\":\"" + candidate + "\"");
        UUID sent = world.submit(younger, "sent", null);
        world.run("update messages set phase = 'done', delivery_status = 'sent' where id = '" + sent + "'");
        world.run("update thread_dispatch set done_seq = last_seq where thread_id = '" + younger + "'");
        world.run("update thread_windows set expires_at = '2031-01-01T00:00:00Z' where thread_id = '" + younger + "'");
        world.submit(older, "a1", null);

        // One message names the person by both: the inbound itself goes to the older.
        InboundSender both = sender(world, world.secondAccount, Instant.parse("2026-03-02T08:15:30Z"), OLD, YOUNG);
        Map<InboundSender, ResolvedThread> threads = world.database.transact(
                connection -> world.identity.resolveInbound(connection, List.of(both), Instant.now()));
        assertThat(threads.get(both)).isEqualTo(new ResolvedThread(older, false));
        world.sweep.runOneCycle();

        assertThat(world.text("select thread_id || ' ' || (seq is null) from messages where id = '" + sent + "'"))
                .isEqualTo(older + " true");
        assertThat(world.texts("select value from thread_addresses where thread_id = '" + older + "' order by 1"))
                .containsExactly(OLD.value(), YOUNG.value());
        assertThat(world.text("select expires_at at time zone 'UTC' from thread_windows where thread_id = '" + older
                        + "' and account_id = '" + world.account + "'"))
                .isEqualTo("2031-01-01 00:00:00");
        assertThat(world.text("select last_inbound_account_id from threads where id = '" + older + "'"))
                .isEqualTo(world.account.toString());
        assertThat(world.get(older).path("attributes").path("candidateId").asString())
                .isEqualTo(candidate.toString());
        assertThat(world.events(older)).containsExactly("create", "update candidateId");
        assertThat(world.texts("select id from threads where emptying")).isEmpty();
    }

    @Test
    void shouldWaitForAnOpenAttemptOfTheThreadThatGoes() {
        UUID open = world.submit(younger, "b1", null);
        world.submit(younger, "b2", null);
        world.open(open);

        world.identity.learned(world.organization, older, null, List.of(YOUNG));

        assertThat(world.sweep.runOneCycle()).isOne();
        assertThat(world.queue(younger)).containsExactly("b1", "b2");
        world.run("update messages set phase = 'queued' where id = '" + open + "'");
        assertThat(world.sweep.runOneCycle()).isZero();
        assertThat(world.queue(older)).containsExactly("b1", "b2");
    }

    @Test
    void shouldLeaveTheLeaseOfTheThreadThatStaysAlone() {
        UUID open = world.submit(older, "a1", null);
        world.open(open);
        world.run(
                "update thread_dispatch set lease_until = '2031-01-01T00:00:00Z', due_at = '2031-01-01T00:00:00Z', fence = 7 "
                        + "where thread_id = '" + older + "'");
        world.submit(younger, "b1", null);

        world.identity.learned(world.organization, older, null, List.of(YOUNG));

        assertThat(world.sweep.runOneCycle()).isZero();
        assertThat(world.queue(older)).containsExactly("a1", "b1");
        assertThat(
                        world.text(
                                "select fence || ' ' || (due_at > parley_now()) || ' ' || last_seq || ' ' || done_seq from thread_dispatch"))
                .isEqualTo("7 true 2 0");
    }

    @Test
    void shouldLeadEveryMergedIdToTheThreadThatIsLeft() {
        UUID youngest = world.thread("31600000503");
        world.identity.learned(world.organization, younger, null, List.of(new Address(Address.PHONE, "31600000503")));
        world.sweep.runOneCycle();
        world.identity.learned(world.organization, youngest, null, List.of(OLD));
        world.sweep.runOneCycle();

        assertThat(world.get(youngest).path("id").asString()).isEqualTo(older.toString());
        assertThat(world.texts("select distinct merged_into from threads where merged_into is not null"))
                .containsExactly(older.toString());
        assertThat(ThreadWorld.json(world.send("one", "GET", ThreadWorld.PATH, null))
                        .path("meta")
                        .path("total")
                        .asInt())
                .isOne();
        assertThat(ThreadWorld.id(world.patch(youngest, "\"chatbotPaused\":true")))
                .isEqualTo(older);
    }
}
