package dev.parley.server.webhooks.delivery;

import static dev.parley.server.webhooks.WebhookReceiver.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.server.webhooks.WebhookReceiver.Received;
import dev.parley.server.webhooks.WebhookWorld;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Several nodes on one database, and endpoints that hang beside those that do not. */
class OwnersTest extends DeliveryCase {

    private List<String> paths(int count) {
        List<String> paths = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            paths.add("/hook-" + i);
            world.webhook(world.endpoint(paths.getLast()));
        }
        return paths;
    }

    /** The node has a request under way that is answered when {@code open} opens; what it tells of. */
    private String callsUntil(CountDownLatch open) throws InterruptedException {
        world.receiver.on("/hook", world.receiver.until(open, status(500)));
        world.webhook(world.endpoint("/hook"));
        String resource = world.happens().toString();
        world.fanOutAll();
        node.runOneCycle();
        await().until(() -> world.receiver.underWay("/hook") == 1);
        return resource;
    }

    @Test
    void twoNodesShareTheEndpointsAndSendEverythingOnce() throws Exception {
        Deliverer other = world.deliverer();
        List<String> paths = paths(20);
        List<String> happened = new ArrayList<>();
        UUID thread = UUID.randomUUID();
        for (int i = 0; i < 10; i++) {
            happened.add(world.happens(thread).toString());
            world.fanOutAll();
            node.runOneCycle();
            other.runOneCycle();
        }
        await().untilAsserted(() -> {
            other.runOneCycle();
            node.runOneCycle();
            assertThat(statuses()).containsOnly("delivered");
        });

        assertThat(paths).allSatisfy(path -> assertThat(told(path)).isEqualTo(happened));
    }

    @Test
    void anEndpointWhoseOwnerDiedIsTakenOverOnceItsLeaseIsOver() throws Exception {
        CountDownLatch open = new CountDownLatch(1);
        String resource = callsUntil(open);

        // The first node runs no further cycle.
        Deliverer other = world.deliverer();
        world.receiver.on("/hook", status(200));
        other.runOneCycle();
        assertThat(told("/hook")).as("it is still owned").hasSize(1);
        world.events.pass(ClaimedEndpoint.LEASE.plusSeconds(1));
        settle(other);

        assertThat(told("/hook")).containsExactly(resource, resource);
        assertThat(world.receiver.received("/hook"))
                .extracting(Received::id)
                .containsOnly(world.deliveries("id").getFirst());
        assertThat(statuses()).containsExactly("delivered");
        open.countDown();
        await().until(() -> node.underWay() == 0);
        assertThat(statuses())
                .as("what the dead one learned late changes nothing")
                .containsExactly("delivered");
    }

    @Test
    void whenTheDatabasesClockWentBackALeaseIsNoLongerThanANewOne() throws Exception {
        CountDownLatch open = new CountDownLatch(1);
        String resource = callsUntil(open);
        world.events.pass(Duration.ofHours(-1));

        new EndpointRecall().recall(world.events.database);

        world.receiver.on("/hook", status(200));
        world.events.pass(ClaimedEndpoint.LEASE.plusSeconds(1));
        settle(world.deliverer());
        assertThat(told("/hook")).containsExactly(resource, resource);
        open.countDown();
        await().until(() -> node.underWay() == 0);
    }

    @Test
    void whenTheDatabasesClockWentBackAnOpenCircuitIsTried() throws Exception {
        world.webhook(world.endpoint("/hook"));
        String resource = world.happens().toString();
        world.fanOutAll();
        world.events.run("update webhook_endpoints set due_at = parley_now() + interval '1 hour',"
                + " open_until = parley_now() + interval '1 hour'");

        new EndpointRecall().recall(world.events.database);

        settle();
        assertThat(told("/hook")).containsExactly(resource);
    }

    @Test
    void anOwnerKeepsWhatItIsBusyWith() throws Exception {
        CountDownLatch open = new CountDownLatch(1);
        DeliverySettings patient = new DeliverySettings(
                64,
                Duration.ofSeconds(30),
                Duration.ofSeconds(30),
                WebhookWorld.SETTINGS.retries(),
                10,
                Duration.ofSeconds(5),
                Duration.ofMinutes(5),
                Duration.ofDays(3));
        Deliverer busy = world.deliverer(patient);
        world.receiver.on("/hook", world.receiver.until(open, status(200)));
        world.webhook(world.endpoint("/hook"));
        world.happens();
        world.fanOutAll();
        busy.runOneCycle();
        await().until(() -> world.receiver.underWay("/hook") == 1);
        String first =
                world.events.query("select owned_until from webhook_endpoints").getFirst();
        await().pollInterval(Duration.ofMillis(200)).until(() -> {
            busy.runOneCycle();
            return !first.equals(world.events
                    .query("select owned_until from webhook_endpoints")
                    .getFirst());
        });
        open.countDown();
        settle(busy);

        assertThat(statuses()).containsExactly("delivered");
    }

    @Test
    void closingWaitsForWhatIsUnderWayAndGivesEverythingBack() throws Exception {
        CountDownLatch open = new CountDownLatch(1);
        world.receiver.on("/hook", world.receiver.until(open, status(200)));
        world.webhook(world.endpoint("/hook"));
        UUID thread = UUID.randomUUID();
        world.happens(thread);
        world.happens(thread);
        world.fanOutAll();
        node.runOneCycle();
        await().until(() -> world.receiver.underWay("/hook") == 1);
        Thread closing = Thread.ofVirtual().start(node::close);
        open.countDown();
        closing.join();

        assertThat(statuses()).containsExactly("delivered", "pending");
        assertThat(world.events.query("select owner_id from webhook_endpoints where due_at <= parley_now()"))
                .hasSize(1)
                .containsOnlyNulls();
    }

    @Test
    void endpointsThatHangLeaveRoomForTheOthers() throws Exception {
        DeliverySettings few = new DeliverySettings(
                16,
                Duration.ofSeconds(20),
                Duration.ofSeconds(20),
                WebhookWorld.SETTINGS.retries(),
                10,
                Duration.ofSeconds(5),
                Duration.ofMinutes(5),
                Duration.ofDays(3));
        Deliverer small = world.deliverer(few);
        List<String> paths = paths(10);
        world.receiver.on(paths.get(3), world.receiver.hang());
        List<String> happened = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            happened.add(world.happens().toString());
        }
        world.fanOutAll();
        small.runOneCycle();

        List<String> good =
                paths.stream().filter(path -> !path.equals(paths.get(3))).toList();
        await().untilAsserted(() -> {
            small.runOneCycle();
            assertThat(good).allSatisfy(path -> assertThat(told(path)).containsExactlyInAnyOrderElementsOf(happened));
        });
        assertThat(world.receiver.underWay(paths.get(3))).isBetween(1, 9);
    }
}
