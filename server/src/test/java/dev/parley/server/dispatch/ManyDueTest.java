package dev.parley.server.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.server.messages.Submitted;
import dev.parley.server.platform.db.Written;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Twenty thousand scheduled messages of one account that are due at once, and a recruiter's answer. */
@NullUnmarked
class ManyDueTest {

    private static final int MANY = 20_000;
    private static final int RATE = 50;

    private DispatchWorld world;

    @BeforeEach
    void begin() throws Exception {
        world = new DispatchWorld();
        world.run("update channel_accounts set messages_per_second = " + RATE);
    }

    @AfterEach
    void end() {
        world.close();
    }

    /** Scheduled for half a minute ago, each in a thread of its own. */
    private void schedule() {
        String owner = "'" + world.organization + "'";
        world.run(
                "insert into threads (organization_id, id, channel, identifier, created_at, updated_at) select " + owner
                        + ", gen_random_uuid(), 'whatsapp', (31600000000 + i)::text, now(), now() from generate_series(1, "
                        + MANY
                        + ") i");
        world.run("insert into thread_dispatch (organization_id, thread_id) select organization_id, id from threads");
        world.run("insert into thread_windows (organization_id, thread_id, account_id, expires_at) "
                + "select organization_id, id, '" + world.account + "', now() + interval '1 day' from threads");
        world.run(
                "insert into messages (organization_id, id, thread_id, account_id, origin, send_by, payload, delivery_status,"
                        + " phase, lane, accepted_at, scheduled_at, expires_at, version, created_at, updated_at) "
                        + "select organization_id, gen_random_uuid(), id, '" + world.account
                        + "', 'outbound', 'Ada', '{\"type\":\"text\",\"text\":{\"value\":\"many\"}}', 'accepted', 'scheduled', 1, now(),"
                        + " now() - interval '30s', now() + interval '1 day', 1, now(), now() from threads");
        world.run("analyze");
    }

    private int release() {
        int cycles = 0;
        ScheduleSweep sweep = new ScheduleSweep(world.database, world.dispatcher);
        for (int released = sweep.runOneCycle(); released > 0; released = sweep.runOneCycle()) {
            assertThat(released).isLessThanOrEqualTo(500);
            cycles++;
        }
        return cycles;
    }

    private static void accepted(Written<Submitted> written) {
        assertThat(written)
                .isInstanceOfSatisfying(
                        Written.Done.class, done -> assertThat(done.outcome()).isInstanceOf(Submitted.Accepted.class));
    }

    private int sentBefore(String text) throws Exception {
        await().until(() -> world.ledgerTexts().contains(text));
        return world.ledgerTexts().indexOf(text);
    }

    @Test
    void aRecruitersAnswerGoesFirst() throws Exception {
        schedule();
        assertThat(release()).isGreaterThanOrEqualTo(MANY / 500);
        assertThat(world.count("select count(*) from messages where phase = 'scheduled'"))
                .isZero();
        await().until(() -> !world.ledgerTexts().isEmpty());
        UUID waiting = UUID.fromString(
                world.text("select thread_id from thread_dispatch where done_seq = 0 and lease_until is null"
                        + " and has_work order by due_at desc limit 1"));
        UUID other = world.thread("31700000001", Duration.ofDays(1));

        int before = world.ledgerTexts().size();
        accepted(world.submit(other, "to another"));
        accepted(world.submit(waiting, "to one who is written to"));

        assertThat(sentBefore("to another") - before).as("sent first").isLessThan(2 * RATE);
        assertThat(sentBefore("to one who is written to") - before)
                .as("what waits in its thread goes along")
                .isLessThan(4 * RATE);
        await().until(() -> world.statuses(waiting).equals(List.of("sent", "sent")));
        assertThat(world.count("select count(*) from messages where delivery_status = 'accepted'"))
                .as("the others still wait")
                .isGreaterThan(MANY / 2);
    }

    @Test
    void anotherOrganizationsAreReleasedAmongThem() {
        schedule();
        UUID other = UUID.randomUUID();
        for (int i = 0; i < 3; i++) {
            world.run("insert into thread_dispatch (organization_id, thread_id) select '" + other
                    + "', thread_id from thread_dispatch where organization_id <> '" + other
                    + "' order by thread_id offset " + i
                    + " limit 1");
        }
        world.run(
                "insert into messages (organization_id, id, thread_id, account_id, origin, send_by, payload, delivery_status,"
                        + " phase, lane, accepted_at, scheduled_at, expires_at, version, created_at, updated_at) select organization_id,"
                        + " gen_random_uuid(), thread_id, gen_random_uuid(), 'outbound', 'Ada', '{}', 'accepted', 'scheduled', 1, now(),"
                        + " now() - interval '1s', now() + interval '1 day', 1, now(), now() from thread_dispatch where organization_id = '"
                        + other + "'");
        assertThat(new ScheduleSweep(world.database, world.dispatcher).runOneCycle())
                .isEqualTo(500);
        assertThat(world.count(
                        "select count(*) from messages where phase = 'queued' and organization_id = '" + other + "'"))
                .isEqualTo(3);
    }

    @Test
    void theirReleaseHoldsUpNobodysAcceptance() throws Exception {
        schedule();
        List<UUID> threads = world.texts("select id from threads order by id limit 2000").stream()
                .map(UUID::fromString)
                .toList();
        CompletableFuture<Integer> releasing = CompletableFuture.supplyAsync(this::release);
        int written = 0;
        while (!releasing.isDone()) {
            accepted(world.submit(threads.get(written++ % threads.size()), "meanwhile"));
        }
        releasing.join();
        assertThat(written).isGreaterThan(20);
    }

    @Test
    void anAnswerBehindSeveralInItsThreadIsNotHeldUp() throws Exception {
        schedule();
        String thread = world.text("select id from threads order by id desc limit 1");
        world.run("update messages set scheduled_at = now() - interval '20s' where thread_id = '" + thread + "'");
        for (int i = 0; i < 2; i++) {
            world.run(
                    "insert into messages (organization_id, id, thread_id, account_id, origin, send_by, payload, delivery_status,"
                            + " phase, lane, accepted_at, scheduled_at, expires_at, version, created_at, updated_at) "
                            + "select organization_id, gen_random_uuid(), thread_id, account_id, origin, send_by, payload, delivery_status,"
                            + " phase, lane, accepted_at, scheduled_at + interval '1s', expires_at, version, created_at, updated_at"
                            + " from messages where thread_id = '" + thread + "' limit 1");
        }
        release();
        accepted(world.submit(UUID.fromString(thread), "the fourth"));
        assertThat(sentBefore("the fourth")).isLessThan(12 * RATE);
        // The provider has it a moment before the result is recorded.
        await().untilAsserted(() ->
                assertThat(world.statuses(UUID.fromString(thread))).containsExactly("sent", "sent", "sent", "sent"));
        assertThat(world.count("select count(*) from messages where delivery_status = 'accepted'"))
                .isGreaterThan(MANY / 2);
    }
}
