package dev.parley.server.webhooks.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.server.platform.json.Json;
import dev.parley.server.webhooks.WebhookReceiver.Received;
import dev.parley.server.webhooks.WebhookWorld;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import tools.jackson.databind.JsonNode;

/** A node that sends, whose cycles the test runs. */
abstract class DeliveryCase {

    final WebhookWorld world = new WebhookWorld();
    final Deliverer node = world.deliverer();

    @AfterEach
    void close() throws Exception {
        world.close();
    }

    /** Runs cycles until nothing is under way and nothing is owned. */
    void settle() {
        settle(node);
    }

    void settle(Deliverer one) {
        await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(5)).until(() -> {
            one.runOneCycle();
            return one.underWay() == 0
                    && world.events
                            .query("select 1 from webhook_endpoints where owner_id is not null")
                            .isEmpty();
        });
    }

    List<String> statuses() {
        return world.deliveries("status");
    }

    /** The resources that a path was told of, in the order in which they came. */
    List<String> told(String path) {
        return world.receiver.received(path).stream().map(Received::resource).toList();
    }

    /** The last attempt of the only delivery. */
    JsonNode attempt() {
        String attempts = world.deliveries("attempts").getFirst();
        assertThat(attempts).isNotNull();
        JsonNode all = Json.MAPPER.readTree(attempts);
        return all.get(all.size() - 1);
    }
}
