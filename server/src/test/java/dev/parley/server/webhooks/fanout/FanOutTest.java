package dev.parley.server.webhooks.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.events.Event;
import dev.parley.server.webhooks.WebhookWorld;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FanOutTest {

    private final WebhookWorld world = new WebhookWorld();
    private final UUID endpoint = world.endpoint("/hook");

    @AfterEach
    void close() throws Exception {
        world.close();
    }

    private List<String> told() {
        return world.deliveries("resource_id");
    }

    @Test
    void makesADeliveryForEachWebhookThatWantsTheEventAndMakesItsEndpointDue() throws Exception {
        UUID all = world.webhook(endpoint);
        UUID email = world.webhook(world.organization, endpoint, "candidates", "update", "email,lastName");
        world.webhook(world.organization, endpoint, "candidates", "update", "lastName");
        world.webhook(world.organization, endpoint, "candidates", "create", null);
        world.webhook(world.organization, endpoint, "messages", "update", null);
        UUID off = world.webhook(endpoint);
        UUID deleted = world.webhook(endpoint);
        world.events.run("update webhooks set active = false where id = '" + off + "'");
        world.events.run("update webhooks set deleted_at = now() where id = '" + deleted + "'");
        UUID other = UUID.randomUUID();
        world.organization(other);
        world.webhook(other, world.endpoint(other, "https://other.example/"), "candidates", "update", null);

        UUID resource = world.happens();
        world.fanOutAll();

        assertThat(told()).containsOnly(resource.toString());
        assertThat(world.deliveries("webhook_id")).containsExactlyInAnyOrder(all.toString(), email.toString());
        assertThat(world.events.query("select id from webhook_endpoints where due_at <= parley_now()"))
                .containsExactly(endpoint.toString());
        assertThat(world.fanOut.runOneCycle()).isZero();
        assertThat(told()).hasSize(2);
    }

    @Test
    void whatHasOneThreadHasOneLane() throws Exception {
        world.webhook(endpoint);
        UUID thread = UUID.randomUUID();
        world.happens(thread);
        world.happens(thread);
        world.happens();
        world.fanOutAll();

        List<String> lanes = world.deliveries("lane");
        assertThat(lanes.get(0)).isEqualTo(lanes.get(1)).isNotEqualTo(lanes.get(2));
    }

    @Test
    void aWebhookIsNotToldOfWhatHappenedBeforeItWasMade() throws Exception {
        world.happens();
        world.webhook(endpoint);
        UUID after = world.happens();
        world.fanOutAll();

        assertThat(told()).containsExactly(after.toString());
    }

    @Test
    void stopsBeforeATransactionThatIsOpenAndSkipsNothingOfIt() throws Exception {
        world.webhook(endpoint);
        UUID early = UUID.randomUUID();
        UUID late;
        try (Connection open = world.events.begin()) {
            world.events.change(open, early, 1);
            late = world.happens();
            world.fanOut.runOneCycle();
            assertThat(told()).isEmpty();
            open.commit();
        }
        world.fanOutAll();

        assertThat(told()).containsExactly(early.toString(), late.toString());
    }

    @Test
    void twoNodesAtOnceMakeEachDeliveryOnce() throws Exception {
        world.webhook(endpoint);
        FanOut other = world.fanOut();
        CompletableFuture<Void> second = CompletableFuture.runAsync(() -> untilTold(other));
        List<String> happened = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            happened.add(world.happens().toString());
            world.fanOut.runOneCycle();
        }
        world.events.run("insert into nodes (id, started_at, seen_at) values (gen_random_uuid(), now(), now())");
        second.join();
        world.fanOutAll();

        assertThat(told()).containsExactlyElementsOf(happened);
    }

    private void untilTold(FanOut other) {
        try {
            while (world.events.query("select 1 from nodes").isEmpty()) {
                other.runOneCycle();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void goesOnBehindTheDailyCut() throws Exception {
        world.webhook(endpoint);
        UUID before = world.happens();
        world.events.run("select setval('event_positions', 1099511627776, false)");
        UUID after = world.happens();
        world.fanOutAll();

        assertThat(told()).containsExactly(before.toString(), after.toString());
    }

    @Test
    void takesABacklogInSteps() throws Exception {
        world.webhook(endpoint);
        world.events.run(
                "insert into events (organization_id, position, event, resource_type, resource_id, created_at) select '"
                        + world.organization
                        + "', nextval('event_positions'), 'update', 'candidates', gen_random_uuid(), now()"
                        + " from generate_series(1, " + (FanOut.WINDOW + 500) + ")");

        assertThat(world.fanOut.runOneCycle()).isPositive();
        assertThat(world.deliveries("count(*) over ()")).hasSize(FanOut.WINDOW);
        world.fanOutAll();
        assertThat(told()).hasSize(FanOut.WINDOW + 500);
    }

    @Test
    void anOrganizationThatIsDeletedGetsNothingMore() throws Exception {
        world.webhook(endpoint);
        world.happens();
        world.events.run("update organizations set deleted_at = parley_now()");
        world.fanOutAll();

        assertThat(told()).isEmpty();
    }

    @Test
    void passesOverEverythingAtOnceWhileNobodyListens() throws Exception {
        for (int i = 0; i < 3; i++) {
            world.happens();
        }
        world.fanOut.runOneCycle();

        assertThat(world.events.query("select position from event_readers where name = 'webhooks'"))
                .containsExactly("3");
    }

    @Test
    void aDeleteIsForThoseWhoWantDeletes() throws Exception {
        world.webhook(world.organization, endpoint, "candidates", "delete", null);
        world.happens();
        world.append(new Event(
                world.organization,
                Event.Kind.DELETE,
                "candidates",
                UUID.randomUUID(),
                null,
                List.of(),
                null,
                WebhookWorld.NOW));
        world.fanOutAll();

        assertThat(world.deliveries("event")).containsExactly("delete");
    }
}
