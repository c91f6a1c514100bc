package dev.parley.server.events.webhooks.delivery;

import static dev.parley.server.events.webhooks.WebhookReceiver.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.events.webhooks.WebhookDeliveries;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** How often what fails is tried, and what becomes of an endpoint that goes on failing. */
class RetryTest extends DeliveryCase {

    private final UUID endpoint = world.endpoint("/hook");
    private final UUID webhook = world.webhook(endpoint);
    private final WebhookDeliveries deliveries = new WebhookDeliveries(world.events.database);

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
        assertThat(deliveries.resume(UUID.randomUUID(), endpoint)).isFalse();
        assertThat(deliveries.resume(world.organization, endpoint)).isTrue();
        settle();
        assertThat(statuses()).containsExactly("delivered", "delivered");
    }

    @Test
    void isSentAgainWithTheSameIdWhenThatIsAskedFor() throws Exception {
        world.happens();
        world.fanOutAll();
        settle();
        UUID id = UUID.fromString(world.deliveries("id").getFirst());

        assertThat(deliveries.redeliver(UUID.randomUUID(), id)).isFalse();
        assertThat(deliveries.redeliver(world.organization, id)).isTrue();
        assertThat(world.deliveries("status || late || tries")).containsExactly("pendingtrue0");
        settle();

        assertThat(world.receiver.received("/hook"))
                .hasSize(2)
                .allSatisfy(request -> assertThat(request.id()).isEqualTo(id.toString()));
        assertThat(statuses()).containsExactly("delivered");
        assertThat(world.deliveries("jsonb_array_length(attempts::jsonb)")).containsExactly("2");
    }

    @Test
    void whatFailedSinceATimeIsSentAgainInAnyNumberOfChunks() throws Exception {
        String row = "insert into webhook_deliveries (organization_id, id, webhook_id, endpoint_id, position, event,"
                + " resource_type, resource_id, lane, status, created_at, updated_at) select '" + world.organization
                + "', uuidv7(), '" + webhook + "', '" + endpoint
                + "', n, 'update', 'candidates', gen_random_uuid(), 1, ";
        world.events.run(row + "'failed', timestamptz '2026-11-20 10:00Z' + n * interval '1 second', now()"
                + " from generate_series(1, 2500) n");
        world.events.run(row + "'failed', timestamptz '2026-11-20 09:00Z', now() from generate_series(1, 3) n");
        world.events.run(row + "'delivered', timestamptz '2026-11-20 11:00Z', now() from generate_series(1, 3) n");

        Instant since = Instant.parse("2026-11-20T10:00:00Z");
        assertThat(deliveries.redeliverSince(UUID.randomUUID(), webhook, since)).isZero();
        assertThat(deliveries.redeliverSince(world.organization, UUID.randomUUID(), since))
                .isZero();
        assertThat(deliveries.redeliverSince(world.organization, webhook, since))
                .isEqualTo(2500);
        assertThat(world.events.query(
                        "select status || ' ' || count(*) from webhook_deliveries group by status order by 1"))
                .containsExactly("delivered 3", "failed 3", "pending 2500");
        assertThat(world.events.query("select 1 from webhook_endpoints where due_at <= parley_now()"))
                .hasSize(1);
    }
}
