package dev.parley.server.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.server.messages.Submitted;
import dev.parley.server.platform.db.Written;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From the duty to the simulator's door and back, with a real database and the real protocol. */
final class DispatchTest {

    private DispatchWorld world;

    @BeforeEach
    void begin() throws Exception {
        world = new DispatchWorld();
    }

    @AfterEach
    void end() {
        world.close();
    }

    @Test
    void sendsInTheOrderOfAcceptance() throws Exception {
        UUID thread = world.thread("31612345678", Duration.ofHours(23));
        for (int i = 0; i < 20; i++) {
            accepted(world.submit(thread, "text " + i));
        }
        await().untilAsserted(
                        () -> assertThat(world.statuses(thread)).hasSize(20).containsOnly("sent"));
        assertThat(world.ledgerTexts())
                .containsExactlyElementsOf(java.util.stream.IntStream.range(0, 20)
                        .mapToObj(i -> "text " + i)
                        .toList());
        assertThat(world.count("select count(*) from attempts where outcome = 'accepted'"))
                .isEqualTo(20);
        assertThat(world.count("select count(*) from events")).isEqualTo(40);
        assertThat(world.count("select count(*) from thread_dispatch where done_seq = last_seq and last_seq = 20"))
                .isEqualTo(1);
    }

    @Test
    void handsOnToOtherNodesWhatItCannotDoAtOnce() throws Exception {
        try (DispatchWorld narrow = new DispatchWorld(1)) {
            narrow.slow(Duration.ofMillis(400));
            UUID one = narrow.thread("31612345671", Duration.ofHours(23));
            UUID two = narrow.thread("31612345672", Duration.ofHours(23));
            accepted(narrow.submit(one, "first"));
            await().until(() -> narrow.dispatcher.underWay() == 1);
            narrow.handedOn.clear();
            accepted(narrow.submit(two, "second"));

            await().until(() -> narrow.handedOn.contains(narrow.account));
            await().untilAsserted(() -> assertThat(narrow.statuses(two)).containsExactly("sent"));
        }
        assertThat(world.handedOn).as("of a node with permits").isEmpty();
    }

    @Test
    void accountsThatCannotBeReadStopNoOther() throws Exception {
        for (int i = 0; i < 8; i++) {
            UUID unreadable = UUID.randomUUID();
            world.run("insert into channel_accounts (organization_id, id, channel, provider, name, is_default, status, "
                    + "messages_per_second, in_doubt, settings, secrets, created_at, updated_at) select organization_id, '"
                    + unreadable
                    + "', channel, provider, name, false, status, messages_per_second, in_doubt, settings, "
                    + "'x', now(), now() from channel_accounts where is_default");
            world.run("insert into account_dispatch (organization_id, account_id, tokens, refilled_at) values ('"
                    + world.organization + "', '" + unreadable + "', 1, now())");
            world.dispatcher.hasWork(world.organization, unreadable);
        }
        UUID thread = world.thread("31612345680", Duration.ofHours(23));
        accepted(world.submit(thread, "still sent"));

        await().untilAsserted(() -> assertThat(world.statuses(thread)).containsExactly("sent"));
    }

    @Test
    void failsAtOnceOutsideTheWindow() throws Exception {
        UUID thread = world.thread("31612345679", Duration.ofHours(-1));
        UUID id = accepted(world.submit(thread, "too late"));
        assertThat(world.statuses(thread)).containsExactly("failed");
        assertThat(world.text("select errors->0->>'code' from messages where id = '" + id + "'"))
                .isEqualTo("conversation_window_closed");
        assertThat(
                        world.texts(
                                "select event || ':' || (state::jsonb->'attributes'->>'deliveryStatus') from events order by position"))
                .containsExactly("create:accepted", "update:failed");
        assertThat(world.ledgerTexts()).isEmpty();
    }

    private static UUID accepted(Written<Submitted> written) {
        assertThat(written).isInstanceOf(Written.Done.class);
        Submitted submitted = ((Written.Done<Submitted>) written).outcome();
        assertThat(submitted).isInstanceOf(Submitted.Accepted.class);
        return ((Submitted.Accepted) submitted).message().id();
    }
}
