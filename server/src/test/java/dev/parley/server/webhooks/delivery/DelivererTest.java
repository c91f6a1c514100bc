package dev.parley.server.webhooks.delivery;

import static dev.parley.server.webhooks.WebhookReceiver.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.standardwebhooks.Webhook;
import dev.parley.server.platform.json.Json;
import dev.parley.server.webhooks.WebhookReceiver.Received;
import dev.parley.server.webhooks.WebhookWorld;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DelivererTest extends DeliveryCase {

    private final UUID endpoint = world.endpoint("/hook");
    private final UUID webhook = world.webhook(endpoint);

    @Test
    void tellsOfAnEventAsTheContractSays() throws Exception {
        UUID resource = world.happens();
        world.fanOutAll();
        settle();

        Received request = world.receiver.received("/hook").getFirst();
        String id = world.deliveries("id").getFirst();
        assertThat(Json.MAPPER.readTree(request.body()))
                .isEqualTo(Json.MAPPER.readTree("{\"data\":{\"type\":\"webhookPayload\",\"id\":\"" + id
                        + "\",\"attributes\":{\"webhookId\":\"" + webhook
                        + "\",\"event\":\"update\",\"fields\":[\"phone\",\"email\"],\"resource\":"
                        + "{\"type\":\"candidates\",\"id\":\"" + resource + "\"}}}}"));
        assertThat(request.headers())
                .containsEntry("content-type", "application/vnd.api+json")
                .containsEntry("x-recrubo-webhook-secret", "plain-secret")
                .containsEntry("webhook-id", id)
                .containsEntry("webhook-timestamp", Long.toString(WebhookWorld.NOW.getEpochSecond()));
        assertThat(request.headers().get("webhook-signature"))
                .isEqualTo(new Webhook(WebhookWorld.SIGNING_SECRET)
                        .sign(id, WebhookWorld.NOW.getEpochSecond(), request.body()));
        assertThat(statuses()).containsExactly("delivered");
        assertThat(attempt().path("statusCode").asInt()).isEqualTo(204);
        assertThat(attempt().path("error").isNull()).isTrue();
        assertThat(attempt().path("time").asString()).isEqualTo("2026-11-28T10:00:00+00:00");
    }

    @Test
    void signsWithBothSecretsWhileTheOneBeforeIsInForceAndKeepsThePlainOneToItselfWhereThatIsWanted() throws Exception {
        String before = "whsec_cHJldmlvdXMtc2VjcmV0LTAxMjM0NTY3ODkwMTIzNA==";
        world.events.run("update organizations set previous_signing_secret = '" + before
                + "', previous_signing_secret_until = parley_now() + interval '1 minute'");
        world.events.run("update webhooks set secret_header = false");
        world.happens();
        world.fanOutAll();
        settle();

        Received both = world.receiver.received("/hook").getFirst();
        long second = WebhookWorld.NOW.getEpochSecond();
        assertThat(both.headers().get("webhook-signature"))
                .isEqualTo(new Webhook(WebhookWorld.SIGNING_SECRET).sign(both.id(), second, both.body()) + " "
                        + new Webhook(before).sign(both.id(), second, both.body()));
        assertThat(both.headers()).doesNotContainKey("x-recrubo-webhook-secret");

        world.events.pass(java.time.Duration.ofMinutes(2));
        world.happens();
        world.fanOutAll();
        settle();
        assertThat(world.receiver.received("/hook").getLast().headers().get("webhook-signature"))
                .doesNotContain(" ");
    }

    @Test
    void tellsNothingOfWhatIsErasedWhileItWaits() throws Exception {
        CountDownLatch open = new CountDownLatch(1);
        world.receiver.on("/hook", world.receiver.until(open, status(200)));
        UUID thread = UUID.randomUUID();
        world.happens(thread);
        world.happens(thread);
        world.fanOutAll();
        node.runOneCycle();
        long begun = System.nanoTime();
        await().until(() -> world.receiver.underWay("/hook") == 1);
        world.events.run("update events set event = 'delete', state = null, fields = null"
                + " where position = (select max(position) from events)");
        // What was read a moment ago is told as it was.
        await().until(() -> System.nanoTime() - begun > 1_200_000_000L);
        open.countDown();
        settle();

        assertThat(world.receiver.received("/hook"))
                .extracting(request -> request.attributes().path("event").asString())
                .containsExactly("update", "delete");
    }

    @Test
    void keepsTheOrderOfEachThreadAndSendsThreadsSideBySide() throws Exception {
        CountDownLatch open = new CountDownLatch(1);
        AtomicInteger most = new AtomicInteger();
        world.receiver.on("/hook", (request, out) -> {
            most.accumulateAndGet(world.receiver.underWay("/hook"), Math::max);
            return world.receiver.until(open, status(200)).answer(request, out);
        });
        Map<UUID, List<String>> happened = new HashMap<>();
        for (int thread = 0; thread < 40; thread++) {
            happened.put(UUID.randomUUID(), new ArrayList<>());
        }
        for (int i = 0; i < 5; i++) {
            happened.forEach(
                    (thread, events) -> events.add(world.happens(thread).toString()));
        }
        world.fanOutAll();
        node.runOneCycle();
        await().until(() -> world.receiver.underWay("/hook") == 32);
        node.runOneCycle();
        assertThat(node.underWay()).isEqualTo(32);
        open.countDown();
        settle();

        List<String> told = told("/hook");
        assertThat(told).hasSize(200);
        assertThat(most).hasValueLessThanOrEqualTo(32);
        happened.values()
                .forEach(events -> assertThat(
                                told.stream().filter(events::contains).toList())
                        .isEqualTo(events));
    }

    @Test
    void whatFailedFirstLeavesItsLaneAndTheLaneGoesOn() throws Exception {
        AtomicInteger requests = new AtomicInteger();
        world.receiver.on(
                "/hook",
                (request, out) ->
                        status(requests.getAndIncrement() == 0 ? 500 : 200).answer(request, out));
        UUID thread = UUID.randomUUID();
        String first = world.happens(thread).toString();
        String second = world.happens(thread).toString();
        String third = world.happens(thread).toString();
        world.fanOutAll();
        settle();
        assertThat(told("/hook")).containsExactly(first, second, third);
        assertThat(statuses()).containsExactly("pending", "delivered", "delivered");
        assertThat(world.deliveries("late")).containsExactly("t", "f", "f");

        settle();
        assertThat(told("/hook")).as("not due yet").hasSize(3);
        world.events.pass(java.time.Duration.ofSeconds(12));
        settle();
        assertThat(told("/hook")).containsExactly(first, second, third, first);
        assertThat(statuses()).containsOnly("delivered");
        List<Received> all = world.receiver.received("/hook");
        assertThat(all.getFirst().id()).isEqualTo(all.getLast().id());
    }

    @Test
    void whatIsErasedBeforeItIsSentIsToldWithoutContent() throws Exception {
        UUID resource = world.happens();
        world.fanOutAll();
        world.events.run("update events set event = 'delete', state = null, fields = null");
        settle();

        Received request = world.receiver.received("/hook").getFirst();
        assertThat(request.attributes().path("event").asString()).isEqualTo("delete");
        assertThat(request.attributes().path("fields").isEmpty()).isTrue();
        assertThat(request.resource()).isEqualTo(resource.toString());
    }

    @Test
    void whatCannotBeToldAnyMoreFailsWithoutACall() throws Exception {
        world.happens();
        world.fanOutAll();
        world.events.run("update webhooks set active = false");
        settle();
        assertThat(statuses()).containsExactly("failed");
        assertThat(attempt().path("error").asString()).isEqualTo("the webhook is switched off");

        world.events.run("update webhooks set active = true");
        world.happens();
        world.fanOutAll();
        world.events.run("update webhooks set deleted_at = now()");
        settle();
        assertThat(statuses()).containsExactly("failed", "failed");
        assertThat(world.receiver.received("/hook")).isEmpty();
    }

    @Test
    void aDeliveryFollowsItsWebhookToAnotherAddress() throws Exception {
        UUID resource = world.happens();
        world.fanOutAll();
        UUID elsewhere = world.endpoint("/elsewhere");
        world.events.run("update webhooks set endpoint_id = '" + elsewhere + "'");
        settle();
        settle();

        assertThat(told("/hook")).isEmpty();
        assertThat(told("/elsewhere")).containsExactly(resource.toString());
        assertThat(statuses()).containsExactly("delivered");
    }

    @Test
    void aDeletedOrganizationIsLeftInPeace() throws Exception {
        world.happens();
        world.fanOutAll();
        world.events.run("update organizations set deleted_at = now()");
        settle();

        assertThat(told("/hook")).isEmpty();
        assertThat(statuses()).containsExactly("pending");
    }
}
