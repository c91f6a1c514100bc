package dev.parley.server.webhooks.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.server.webhooks.WebhookWorld;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Giving an endpoint back, under its row's lock. */
class ReleaseTest {

    private final WebhookWorld world = new WebhookWorld();
    private final UUID node = UUID.randomUUID();
    private final UUID endpoint = world.endpoint("/hook");

    @AfterEach
    void close() throws Exception {
        world.close();
    }

    private List<ClaimedEndpoint> claim() {
        world.events.run("update webhook_endpoints set due_at = parley_now()");
        return world.events.database.transact(connection -> OwnerStore.claim(connection, node, 10));
    }

    private int release(List<ClaimedEndpoint> owned) {
        return world.events.database.transact(connection -> {
            OwnerStore.release(connection, node, owned);
            return 0;
        });
    }

    private String due() {
        return world.events.query("select due_at from webhook_endpoints").getFirst();
    }

    @Test
    void itIsDueNoMoreWhenNothingIsPending() {
        List<ClaimedEndpoint> owned = claim();
        assertThat(owned).hasSize(1);
        release(owned);

        assertThat(due()).isNull();
        assertThat(claim()).extracting(ClaimedEndpoint::fence).containsExactly(2L);
    }

    @Test
    void whatIsInsertedByWhoHasTheLockIsSeen() throws Exception {
        List<ClaimedEndpoint> owned = claim();
        CompletableFuture<Integer> giving;
        try (Connection reader = world.events.begin();
                Statement statement = reader.createStatement()) {
            statement.execute(
                    "insert into webhook_deliveries (organization_id, id, webhook_id, endpoint_id, position, event,"
                            + " resource_type, resource_id, lane, created_at, updated_at) values ('"
                            + world.organization
                            + "', gen_random_uuid(), gen_random_uuid(), '" + endpoint
                            + "', 1, 'update', 'candidates', gen_random_uuid(), 1, now(), now())");
            statement.execute("select 1 from webhook_endpoints for no key update");
            giving = CompletableFuture.supplyAsync(() -> release(owned));
            await().until(() -> !world.events
                    .query(
                            "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'")
                    .isEmpty());
            reader.commit();
        }
        giving.join();

        assertThat(due()).isNotNull();
    }

    @Test
    void whoIsNotTheOwnerAnyMoreGivesNothingBack() {
        List<ClaimedEndpoint> owned = claim();
        world.events.pass(ClaimedEndpoint.LEASE.plusSeconds(1));
        UUID other = UUID.randomUUID();
        List<ClaimedEndpoint> taken =
                world.events.database.transact(connection -> OwnerStore.claim(connection, other, 10));
        assertThat(taken).hasSize(1);
        release(owned);

        assertThat(world.events.query("select owner_id from webhook_endpoints")).containsExactly(other.toString());
        Set<EndpointKey> kept = world.events.database.transact(connection -> OwnerStore.keep(connection, node, owned));
        assertThat(kept).isEmpty();
    }
}
