package dev.parley.server.webhooks.delivery;

import static dev.parley.server.webhooks.WebhookReceiver.endless;
import static dev.parley.server.webhooks.WebhookReceiver.raw;
import static dev.parley.server.webhooks.WebhookReceiver.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.server.webhooks.WebhookReceiver.Behaviour;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A receiver that does everything wrong. */
class BadReceiverTest extends DeliveryCase {

    private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n";

    /** One try with this behaviour; the error that is shown, or else the status. */
    private String outcome(String path, Behaviour behaviour) throws Exception {
        world.events.run("delete from webhook_deliveries");
        world.receiver.on(path, behaviour);
        UUID webhook = world.webhook(world.endpoint(path));
        world.happens();
        world.fanOutAll();
        settle();
        world.events.run("update webhooks set active = false where id = '" + webhook + "'");
        String error = attempt().path("error").asString("");
        return statuses().getFirst() + " " + (error.isEmpty() ? attempt().path("statusCode") : error);
    }

    @Test
    void eachBadAnswerFailsTheTryAndSaysWhy() throws Exception {
        assertThat(outcome("/hang", world.receiver.hang())).isEqualTo("pending no whole answer within the deadline");
        assertThat(outcome("/half", raw(HEAD + "half", true))).isEqualTo("pending no whole answer within the deadline");
        assertThat(outcome("/cut", raw("", false))).isEqualTo("pending the connection was cut");
        assertThat(outcome("/cut-in-body", raw(HEAD + "half", false))).isEqualTo("pending the connection was cut");
        assertThat(outcome("/garbage", raw("SSH-2.0-OpenSSH\r\n\r\n", false)))
                .startsWith("pending the answer is not HTTP");
        assertThat(outcome("/error", status(500))).isEqualTo("pending the receiver refused it");
        assertThat(outcome("/redirect", status(302, "Location: " + world.receiver.url("/inside"))))
                .isEqualTo("pending redirects are not followed");
        assertThat(world.receiver.received("/inside")).isEmpty();
    }

    @Test
    void anAnswerWithoutEndIsCutAndItsStatusCounts() throws Exception {
        assertThat(outcome("/endless", endless(200))).isEqualTo("delivered 200");
        assertThat(outcome("/endless-error", endless(500))).isEqualTo("pending the receiver refused it");
    }

    @Test
    void anAddressThatIsNotPublicIsNotCalled() throws Exception {
        world.webhook(world.endpoint(world.organization, "https://10.0.0.1/hook"));
        world.happens();
        world.fanOutAll();
        settle();

        assertThat(attempt().path("error").asString()).contains("is private, not public");
    }

    @Test
    void whoIsGoneIsSwitchedOffAndThatIsAnEvent() throws Exception {
        world.receiver.on("/hook", status(410));
        UUID endpoint = world.endpoint("/hook");
        UUID gone = world.webhook(endpoint);
        world.webhook(world.organization, world.endpoint("/watch"), "webhooks", "update", "active");
        world.happens();
        world.fanOutAll();
        settle();

        assertThat(statuses()).containsExactly("failed");
        assertThat(world.events.query(
                        "select active || ' ' || inactive_reason || ' ' || version from webhooks where id = '" + gone
                                + "'"))
                .containsExactly("false gone 2");
        world.happens();
        world.fanOutAll();
        settle();
        assertThat(world.receiver.received("/hook")).hasSize(1);
        assertThat(told("/watch")).containsExactly(gone.toString());
    }

    @Test
    void whoAsksForTimeGetsIt() throws Exception {
        world.receiver.on("/hook", status(429, "Retry-After: 600"));
        world.webhook(world.endpoint("/hook"));
        world.happens();
        world.fanOutAll();
        settle();
        world.happens();
        world.fanOutAll();
        world.events.pass(Duration.ofSeconds(590));
        settle();
        assertThat(world.receiver.received("/hook"))
                .as("nothing else is sent either")
                .hasSize(1);

        world.receiver.on("/hook", status(200));
        world.events.pass(Duration.ofSeconds(11));
        settle();
        assertThat(statuses()).containsExactly("delivered", "delivered");
    }

    @Test
    void aHangingEndpointDoesNotHoldUpAnotherOneAtTheSameHost() throws Exception {
        world.receiver.on("/hang", world.receiver.hang());
        UUID other = UUID.randomUUID();
        world.organization(other);
        world.webhook(other, world.endpoint(other, world.receiver.url("/hang")), "candidates", "update", null);
        world.webhook(world.endpoint("/good"));
        List<String> happened = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            world.events.run(
                    "insert into events (organization_id, position, event, resource_type, resource_id, created_at) select '"
                            + other
                            + "', nextval('event_positions'), 'update', 'candidates', gen_random_uuid(), now()");
            happened.add(world.happens().toString());
        }
        world.fanOutAll();
        node.runOneCycle();
        await().until(() -> world.receiver.underWay("/hang") > 0);

        await().untilAsserted(() -> {
            node.runOneCycle();
            assertThat(told("/good")).containsExactlyInAnyOrderElementsOf(happened);
        });
        settle();
        assertThat(world.receiver.received("/hang").size())
                .as("its circuit opened")
                .isLessThan(60);
        assertThat(world.events.query("select failures from webhook_endpoints where open_until > parley_now()"))
                .containsExactly("10");
    }
}
