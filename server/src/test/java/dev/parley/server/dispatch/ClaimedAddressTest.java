package dev.parley.server.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A claim that waits for one thread's message while another thread is given another address. */
class ClaimedAddressTest {

    @Test
    void isTheThreadsWhenTheClaimIsWritten() throws Exception {
        try (DispatchWorld world = new DispatchWorld()) {
            world.dispatcher.close();
            UUID first = world.thread("31612345678", Duration.ofHours(23));
            UUID second = world.thread("31612345679", Duration.ofHours(23));
            AccountKey key = new AccountKey(world.organization, world.account);
            Claimer claimer = world.claimer();
            // The first one makes the account's row.
            claimer.claim(key, 1);
            world.run("update account_dispatch set tokens = 10, refilled_at = now()");
            world.submit(first, "hello");
            world.submit(second, "hello");
            CompletableFuture<List<Duty>> claimed;
            try (Connection holder = world.test.connect();
                    Statement statement = holder.createStatement()) {
                holder.setAutoCommit(false);
                statement.execute("select from messages where thread_id = '" + first + "' for update");
                claimed = CompletableFuture.supplyAsync(
                        () -> claimer.claim(key, 10).result().duties());
                await().until(() ->
                        world.count("select count(*) from pg_stat_activity where datname = current_database()"
                                        + " and wait_event_type = 'Lock'")
                                == 1);
                world.run("update threads set identifier = '31687654321' where id = '" + second + "'");
                holder.rollback();
            }
            assertThat(claimed.get())
                    .extracting(Duty::identifier)
                    .containsExactlyInAnyOrder("31612345678", "31687654321");
        }
    }
}
