package dev.parley.server.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.server.platform.db.CuttingProxy;
import dev.parley.server.platform.db.Database;
import dev.parley.server.platform.db.DatabaseOptions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A node claims a message, and the answer to its COMMIT never comes. */
@NullUnmarked
class LostClaimTest {

    private DispatchWorld world;
    private UUID thread;
    private CuttingProxy proxy;
    private Database through;
    private Dispatcher cutOff;

    /**
     * @param lease four times as long as a call may take
     * @param connections of the node that is to be cut off
     */
    private void begin(Duration lease, int connections) throws Exception {
        world = new DispatchWorld(new DispatchSettings(
                10,
                lease.dividedBy(4),
                lease,
                Duration.ofSeconds(5),
                Duration.ofMillis(50),
                Duration.ofSeconds(1),
                new Circuit.Limits(1000, Duration.ofMillis(100), Duration.ofSeconds(1))));
        thread = world.thread("31612345678", Duration.ofHours(23));
        proxy = new CuttingProxy(world.test.jdbcUrl());
        through = Database.open(new DatabaseOptions(
                proxy.jdbcUrl(),
                world.test.username(),
                world.test.password(),
                connections,
                true,
                Duration.ofSeconds(20)));
        cutOff = world.dispatcherOn(through, InstantSource.system());
        // Nobody claims it before the node that is to be cut off.
        world.run("update channel_accounts set status = 'paused'");
        world.submit(thread, "first");
        world.dispatcher.look();
        await().until(() -> world.count("select count(*) from account_dispatch where parked") == 1);
        world.run("update channel_accounts set status = 'connected'");
        world.run("update thread_dispatch set due_at = '-infinity'");
    }

    @AfterEach
    void end() throws Exception {
        cutOff.close();
        through.close();
        proxy.close();
        world.close();
    }

    @Test
    void whatWasCommittedIsSentByTheNodeThatClaimedItAndAtOnce() throws Exception {
        begin(Duration.ofMinutes(2), 3);
        proxy.cutNextCommit();
        claim();
        await().untilAsserted(() -> assertThat(world.statuses(thread)).containsExactly("sent"));
        assertThat(proxy.cuts()).as("the answer to the claim was lost").isEqualTo(1);
        assertThat(world.ledgerTexts()).containsExactly("first");
        assertThat(outcomes()).containsExactly("accepted");
    }

    @Test
    void whatCannotBeFoundOutInTimeIsNotSentAndIsInDoubt() throws Exception {
        begin(Duration.ofSeconds(4), 1);
        proxy.cutNextCommitForGood();
        claim();
        await().pollInterval(Duration.ofMillis(200)).untilAsserted(() -> {
            world.dispatcher.look();
            assertThat(outcomes()).containsExactly("unknown");
        });
        assertThat(world.ledgerTexts()).isEmpty();
    }

    @Test
    void whatCannotBeFoundOutInTimeIsNotSentAndClaimedAnewOnceTheDatabaseIsThere() throws Exception {
        begin(Duration.ofSeconds(4), 1);
        proxy.cutNextCommitForGood();
        claim();
        await("the claim is asked for").until(() -> proxy.cuts() == 1 && cutOff.underWay() > 0);
        await("for as long as its lease")
                .until(() -> world.count("select count(*) from thread_dispatch where lease_until < parley_now()") == 1);
        proxy.mend();
        await().untilAsserted(() -> assertThat(world.statuses(thread)).containsExactly("sent"));
        assertThat(outcomes()).containsExactly("not_sent", "accepted");
        assertThat(world.ledgerTexts()).containsExactly("first");
    }

    private void claim() {
        cutOff.start();
        cutOff.offered(world.organization, world.account);
    }

    private List<String> outcomes() {
        return world.texts("select coalesce(outcome, 'open') from attempts order by number");
    }
}
