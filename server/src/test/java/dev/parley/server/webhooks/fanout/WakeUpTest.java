package dev.parley.server.webhooks.fanout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.server.webhooks.WebhookWorld;
import dev.parley.server.webhooks.delivery.Deliverer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An endpoint is given back just while something new is inserted for it: whoever comes second sees the other. */
class WakeUpTest {

    private static final String DUE =
            "select id from webhook_endpoints where due_at <= parley_now() and owner_id is null";

    private final WebhookWorld world = new WebhookWorld();
    private final Deliverer node = world.deliverer();
    private final UUID endpoint = world.endpoint("/hook");

    @AfterEach
    void close() throws Exception {
        world.close();
    }

    private void makeDue() {
        world.events.run("update webhook_endpoints set due_at = parley_now()");
    }

    private static void waitsForALock(WebhookWorld world) {
        await().until(() -> !world.events
                .query("select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'")
                .isEmpty());
    }

    @Test
    void givenBackBeforeTheInsertIsSeen() throws Exception {
        world.webhook(endpoint);
        world.happens();
        makeDue();
        try (Connection reader = world.events.begin()) {
            List<FanOutStore.Endpoint> told = FanOutStore.insert(reader, 0, 1);
            assertThat(told).hasSize(1);
            node.runOneCycle();
            assertThat(world.events.query(DUE)).as("nothing was to be seen").isEmpty();
            FanOutStore.makeDue(reader, told);
            reader.commit();
        }

        assertThat(world.events.query(DUE)).hasSize(1);
    }

    @Test
    void theReaderWaitsForOneThatIsJustGivenBack() throws Exception {
        world.webhook(endpoint);
        world.happens();
        makeDue();
        try (Connection owner = world.events.begin();
                Connection reader = world.events.begin();
                Statement giving = owner.createStatement()) {
            giving.execute("select 1 from webhook_endpoints for no key update");
            List<FanOutStore.Endpoint> told = FanOutStore.insert(reader, 0, 1);
            CompletableFuture<Void> due = CompletableFuture.runAsync(() -> makeDue(reader, told));
            waitsForALock(world);
            giving.execute("update webhook_endpoints set due_at = null");
            owner.commit();
            due.join();
        }

        assertThat(world.events.query(DUE))
                .as("its old row said that it was due already")
                .hasSize(1);
    }

    private static void makeDue(Connection reader, List<FanOutStore.Endpoint> told) {
        try {
            FanOutStore.makeDue(reader, told);
            reader.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
