package dev.parley.server.webhooks.delivery;

import static dev.parley.server.webhooks.WebhookReceiver.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.webhooks.Redelivery;
import dev.parley.server.webhooks.StoredRedelivery;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** How often what fails is tried, and what becomes of an endpoint that goes on failing. */
class RetryTest extends DeliveryCase {

    private final UUID endpoint = world.endpoint("/hook");
    private final UUID webhook = world.webhook(endpoint);
    private final Redelivery redelivery = new StoredRedelivery(world.events.database, System::nanoTime);

    private int requests() {
        return world.receiver.received("/hook").size();
    }

    @Test
    void isTriedFiveTimesMoreWithinADayAndThenFails() throws Exception {
        world.receiver.on("/hook", status(500));
        world.happens();
        world.fanOutAll();
        settle();
        List<Duration> pauses = List.of(
                Duration.ofSeconds(10),
                Duration.ofMinutes(5),
                Duration.ofMinutes(30),
                Duration.ofHours(4),
                Duration.ofHours(19));
        for (int i = 0; i < pauses.size(); i++) {
            assertThat(statuses()).containsExactly("pending");
            world.events.pass(pauses.get(i).multipliedBy(85).dividedBy(100));
            settle();
            assertThat(requests()).as("too early").isEqualTo(i + 1);
            world.events.pass(pauses.get(i).multipliedBy(26).dividedBy(100).plusSeconds(1));
            settle();
            assertThat(requests()).as("pause " + i).isEqualTo(i + 2);
        }

        assertThat(statuses()).containsExactly("failed");
        assertThat(world.deliveries("jsonb_array_length(attempts::jsonb)")).containsExactly("6");
        assertThat(world.deliveries("due_at")).containsOnlyNulls();
        assertThat(world.receiver.received("/hook"))
                .extracting(request -> request.id())
                .containsOnly(world.deliveries("id").getFirst());
        world.events.pass(Duration.ofDays(2));
        settle();
        assertThat(requests()).isEqualTo(6);
    }

    @Test
    void anOpenCircuitUsesUpNoTriesAndOneRequestClosesIt() throws Exception {
        world.receiver.on("/hook", status(500));
        for (int i = 0; i < 100; i++) {
            world.happens();
        }
        world.fanOutAll();
        settle();
        int first = requests();
        assertThat(first).isBetween(10, 32 + 10);
        assertThat(world.deliveries("tries").stream().filter("0"::equals)).hasSize(100 - first);

        world.events.pass(Duration.ofSeconds(6));
        settle();
        assertThat(requests()).as("one probe").isEqualTo(first + 1);
        world.events.pass(Duration.ofSeconds(6));
        settle();
        assertThat(requests()).as("the pause has doubled").isEqualTo(first + 1);

        world.receiver.on("/hook", status(200));
        world.events.pass(Duration.ofMinutes(6));
        settle();
        assertThat(statuses()).containsOnly("delivered");
        assertThat(world.events.query("select failures || ' ' || coalesce(failing_since::text, 'well') || ' '"
                        + " || coalesce(open_until::text, 'closed') from webhook_endpoints"))
                .containsExactly("0 well closed");
    }

    @Test
    void anEndpointThatFailedForDaysIsPausedUntilSomebodyResumesIt() throws Exception {
        world.receiver.on("/hook", status(500));
        world.happens();
        world.fanOutAll();
        settle();
        world.events.pass(Duration.ofDays(4));
        settle();
        assertThat(world.events.query("select 1 from webhook_endpoints where paused_at is not null"))
                .hasSize(1);
        world.happens();
        world.fanOutAll();
        world.events.pass(Duration.ofDays(1));
        settle();
        assertThat(requests()).isEqualTo(2);

        world.receiver.on("/hook", status(200));
        // As PATCH of a webhook with active true does it.
        world.events.run("update webhook_endpoints set failures = 0, failing_since = null, open_until = null,"
                + " paused_at = null, due_at = parley_now() where id = '" + endpoint + "'");
        settle();
        assertThat(statuses()).containsExactly("delivered", "delivered");
    }

    @Test
    void isSentAgainWithTheSameIdWhenThatIsAskedFor() throws Exception {
        world.happens();
        world.fanOutAll();
        settle();
        UUID id = UUID.fromString(world.deliveries("id").getFirst());

        assertThat(redelivery.redeliver(UUID.randomUUID(), id)).isEqualTo(Redelivery.One.MISSING);
        assertThat(redelivery.redeliver(world.organization, id)).isEqualTo(Redelivery.One.PENDING);
        assertThat(world.deliveries("status || late || tries")).containsExactly("pendingtrue0");
        settle();

        assertThat(world.receiver.received("/hook"))
                .hasSize(2)
                .allSatisfy(request -> assertThat(request.id()).isEqualTo(id.toString()));
        assertThat(statuses()).containsExactly("delivered");
        assertThat(world.deliveries("jsonb_array_length(attempts::jsonb)")).containsExactly("2");
    }
}
