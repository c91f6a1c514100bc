package dev.parley.server.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.standardwebhooks.Webhook;
import dev.parley.server.platform.json.Json;
import dev.parley.server.webhooks.WebhookReceiver;
import dev.parley.server.webhooks.WebhookReceiver.Received;
import dev.parley.server.webhooks.WebhookSql;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What happens in a whole server reaches a customer's system. */
class WebhooksTest {

    private static final String PARTNER = "pp_webhooks-test-token-0123456789";

    @TempDir
    Path folder;

    private WebhookReceiver receiver;
    private RunningServer server;
    private String organization;
    private String token;
    private String signingSecret;

    @BeforeEach
    void start() {
        receiver = new WebhookReceiver();
        server = new RunningServer(folder, PARTNER);
        JsonNode made = server.make(
                "/management/organizations",
                PARTNER,
                "organizations",
                Map.of("name", "Acme", "webhookSecret", "plain"));
        organization = made.path("id").asString();
        token = made.at("/attributes/token").asString();
        signingSecret = made.at("/attributes/signingSecret").asString();
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
        receiver.close();
    }

    private void webhook(String path, String resource, String event, @Nullable String fields) throws SQLException {
        server.sql(WebhookSql.subscription(organization, receiver.url(path), resource, event, fields));
    }

    private List<Received> awaitReceived(String path, int count) {
        await().untilAsserted(() -> assertThat(receiver.received(path)).hasSize(count));
        return receiver.received(path);
    }

    @Test
    void whatIsToldIsWhatTheEventLogShowsAndIsSigned() throws Exception {
        webhook("/created", "candidates", "create", null);
        webhook("/phone", "candidates", "update", "phone");
        String id = server.make("/candidates", token, "candidates", Map.of("phone", "31612345678"))
                .path("id")
                .asString();
        for (String change : List.of("{\"firstName\":\"Ada\"}", "{\"phone\":\"31612345679\"}")) {
            server.api(
                    "PATCH",
                    "/candidates/" + id,
                    token,
                    "{\"data\":{\"type\":\"candidates\",\"id\":\"" + id + "\",\"attributes\":" + change + "}}");
        }

        Received created = awaitReceived("/created", 1).getFirst();
        Received changed = awaitReceived("/phone", 1).getFirst();
        JsonNode events = Json.MAPPER
                .readTree(server.api("GET", "/events?filter[resourceType]=candidates", token, null)
                        .body())
                .path("data");
        assertThat(created.attributes().path("resource"))
                .isEqualTo(events.get(0).at("/attributes/resource"));
        assertThat(changed.attributes().path("resource"))
                .isEqualTo(events.get(2).at("/attributes/resource"));
        assertThat(changed.attributes().path("resource").has("relationships")).isTrue();
        assertThat(changed.attributes().path("fields")).isEqualTo(Json.MAPPER.readTree("[\"phone\"]"));
        assertThat(created.headers()).containsEntry("x-recrubo-webhook-secret", "plain");
        Map<String, List<String>> headers = new HashMap<>();
        created.headers().forEach((name, value) -> headers.put(name, List.of(value)));
        new Webhook(signingSecret).verify(created.body(), headers);
        await().untilAsserted(
                        () -> assertThat(server.metric("parley_webhooks_tries_seconds_count{outcome=\"delivered\""))
                                .isEqualTo(2));
        assertThat(server.metric("parley_webhooks_delay_seconds_count")).isEqualTo(2);
        assertThat(server.hasMetric("parley_webhooks_pending")).isTrue();
    }

    @Test
    void aSubscriberOfTheStatusLearnsOfAMessageThatFailedAsItWasCreated() throws Exception {
        webhook("/status", "messages", "update", "deliveryStatus");
        WhatsAppCustomer customer = new WhatsAppCustomer(
                server, new WhatsAppCustomer.Secrets("access-token", "app-secret", "verify", "Other"));
        organization = customer.organization;
        webhook("/failed", "messages", "update", "deliveryStatus");
        String thread = customer.thread("31612345678");
        UUID id = UUID.randomUUID();
        customer.send(id, thread, "Hello", "Ada");

        Received failed = awaitReceived("/failed", 1).getFirst();
        assertThat(failed.attributes().at("/resource/id").asString()).isEqualTo(id.toString());
        assertThat(failed.attributes().at("/resource/attributes/deliveryStatus").asString())
                .isEqualTo("failed");
        assertThat(failed.attributes().path("fields")).hasSize(2);
        assertThat(receiver.received("/status")).as("another organization").isEmpty();
    }
}
