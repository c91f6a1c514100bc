package dev.parley.server.webhooks;

import static dev.parley.server.organizations.OrganizationWorld.errors;
import static dev.parley.server.organizations.OrganizationWorld.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@NullUnmarked
class WebhookLogsTest extends WebhooksCase {

    private static final String URL = "https://example.com/";

    private static List<String> ids(JsonNode document) {
        return StreamSupport.stream(document.get("data").spliterator(), false)
                .map(log -> log.get("id").stringValue())
                .toList();
    }

    private static String minutesAgo(int minutes) {
        return Instant.now().minus(minutes, ChronoUnit.MINUTES).toString();
    }

    private HttpResponse<String> redeliver(String path, String body) {
        return world.send(own.token(), "POST", path + "/redeliver", body);
    }

    @Test
    void showsADelivery() throws Exception {
        String webhook = make(URL);
        String id = delivery(webhook, "pending", true, 1);
        JsonNode data = get("/webhook-logs/" + id + "?include=webhook").get("data");
        JsonNode attributes = data.get("attributes");
        assertThat(attributes.get("webhookId").stringValue()).isEqualTo(webhook);
        assertThat(attributes.get("event").stringValue()).isEqualTo("update");
        assertThat(attributes.get("status").stringValue()).isEqualTo("pending");
        assertThat(attributes.get("resourceType").stringValue()).isEqualTo("candidates");
        assertThat(attributes.get("resourceId").stringValue()).hasSize(36);
        assertThat(attributes.get("attempts").toString())
                .isEqualTo(
                        "[{\"time\":\"2026-03-02T08:15:30+00:00\",\"statusCode\":500,\"error\":null,\"milliseconds\":12}]");
        assertThat(attributes.get("nextAttemptAt").stringValue()).endsWith("+00:00");
        assertThat(data.at("/relationships/webhook/data/id").stringValue()).isEqualTo(webhook);
        String failed = delivery(webhook, "failed", true, 1);
        assertThat(get("/webhook-logs/" + failed)
                        .at("/data/attributes/nextAttemptAt")
                        .isNull())
                .isTrue();
        assertThat(ids(get("/webhooks?include=webhookLogs"))).containsExactly(webhook);
        assertThat(get("/webhooks/" + webhook + "?include=webhookLogs").get("included"))
                .hasSize(2);
        for (String path : List.of("/webhook-logs/" + id, "/webhook-logs/" + UUID.randomUUID())) {
            assertThat(world.send(other.token(), "GET", path, null).statusCode())
                    .isEqualTo(404);
            assertThat(world.send(other.token(), "POST", path + "/redeliver", null)
                            .statusCode())
                    .isEqualTo(404);
        }
        assertThat(json(world.send(other.token(), "GET", "/webhook-logs", null)).get("data"))
                .isEmpty();
        assertThat(world.send(own.token(), "DELETE", "/webhook-logs/" + id, null)
                        .statusCode())
                .isEqualTo(405);
    }

    @Test
    void listsTheNewestFirstAndByEachFilter() throws Exception {
        String one = make(URL);
        String two = make(URL);
        String old = delivery(one, "failed", true, 30);
        String middle = delivery(two, "delivered", false, 20);
        String young = delivery(one, "pending", false, 10);
        assertThat(ids(get("/webhook-logs"))).containsExactly(young, middle, old);
        assertThat(ids(get("/webhook-logs?sort=createdAt"))).containsExactly(old, middle, young);
        assertThat(ids(get("/webhook-logs?filter%5BwebhookId%5D=" + one))).containsExactly(young, old);
        assertThat(ids(get("/webhook-logs?filter%5Bstatus%5D=Failed"))).containsExactly(old);
        assertThat(ids(get("/webhook-logs?filter%5Bstatus%5D%5Bin%5D=failed,pending")))
                .containsExactly(young, old);
        assertThat(ids(get("/webhook-logs?filter%5BcreatedAt%5D%5Bgte%5D=" + minutesAgo(25)
                        + "&filter%5BcreatedAt%5D%5Blt%5D=" + minutesAgo(15))))
                .containsExactly(middle);
        String resource =
                get("/webhook-logs/" + old).at("/data/attributes/resourceId").stringValue();
        assertThat(ids(get("/webhook-logs?filter%5BresourceId%5D=" + resource))).containsExactly(old);
        assertThat(get("/webhook-logs?page%5Bsize%5D=2").at("/meta/maxPage").asInt())
                .isEqualTo(2);
    }

    @Test
    void sendsOneAgainToTheAddressOfNow() throws Exception {
        String webhook = make(URL);
        String id = delivery(webhook, "delivered", false, 5);
        world.execute("update webhooks set endpoint_id = '00000000-0000-0000-0000-000000000001'");
        world.execute("insert into webhook_endpoints (organization_id, id, url, created_at) values ('" + own.id()
                + "', '00000000-0000-0000-0000-000000000001', 'https://new.example.com/', now())");
        JsonNode again = json(redeliver("/webhook-logs/" + id, null)).get("data");
        assertThat(again.get("id").stringValue()).isEqualTo(id);
        assertThat(again.at("/attributes/status").stringValue()).isEqualTo("pending");
        assertThat(again.at("/attributes/nextAttemptAt").stringValue()).isNotNull();
        assertThat(deliveries()).containsExactly("pending https://new.example.com/");
        assertThat(world.query("select late || ' ' || tries from webhook_deliveries"))
                .containsExactly("true 0");
        assertThat(world.query("select url from webhook_endpoints where due_at is not null"))
                .containsExactly("https://new.example.com/");
        String waiting = delivery(webhook, "pending", false, 5);
        assertThat(redeliver("/webhook-logs/" + waiting, null).statusCode()).isEqualTo(200);
        assertThat(world.query("select late from webhook_deliveries where id = '" + waiting + "'"))
                .as("it keeps its place in its lane")
                .containsExactly("f");
    }

    @Test
    void sendsNothingAgainThatWouldGoNowhere() throws Exception {
        String webhook = make(URL);
        String id = delivery(webhook, "failed", true, 5);
        String since = "{\"meta\":{\"since\":\"" + minutesAgo(9) + "\"}}";
        world.execute("update webhook_endpoints set paused_at = now()");
        assertThat(errors(redeliver("/webhook-logs/" + id, null))).containsExactly("409 webhook_inactive ");
        assertThat(errors(redeliver("/webhooks/" + webhook, since))).containsExactly("409 webhook_inactive ");
        patch(webhook, "\"active\":true");
        assertThat(redeliver("/webhook-logs/" + id, null).statusCode()).isEqualTo(200);
        patch(webhook, "\"active\":false");
        assertThat(errors(redeliver("/webhook-logs/" + id, null))).containsExactly("409 webhook_inactive ");
    }

    @Test
    void sendsManyAgain() throws Exception {
        String webhook = make(URL);
        String others = make(URL);
        for (int minutes = 1; minutes <= 7; minutes++) {
            delivery(webhook, minutes % 2 == 0 ? "failed" : "delivered", true, minutes * 10);
        }
        delivery(others, "failed", true, 15);
        String since = minutesAgo(45);
        JsonNode failed = json(redeliver("/webhooks/" + webhook, "{\"meta\":{\"since\":\"" + since + "\"}}"));
        assertThat(failed.get("meta").toString()).isEqualTo("{\"redelivered\":2,\"resumeAt\":null}");
        assertThat(world.query("select status from webhook_deliveries order by created_at"))
                .containsExactly(
                        "delivered", "failed", "delivered", "pending", "delivered", "pending", "failed", "delivered");
        String entries = "select count(*) from audit_entries where action = 'webhook.redelivered'";
        assertThat(world.query(entries)).containsExactly("1");
        StoredRedelivery inChunks = new StoredRedelivery(world.database, () -> 0, 2);
        assertThat(inChunks.redeliverSince(own.id(), UUID.fromString(webhook), Instant.parse(since), true))
                .isEqualTo(new Redelivery.Many.Done(4, null));
        assertThat(world.query(entries))
                .as("one for the call, not for the chunk")
                .containsExactly("2");
    }

    @Test
    void saysWhereToGoOnWhenThereWasNoTime() throws Exception {
        String webhook = make(URL);
        delivery(webhook, "failed", true, 20);
        delivery(webhook, "failed", true, 10);
        long[] ticks = {0};
        StoredRedelivery slow = new StoredRedelivery(world.database, () -> ticks[0] += 15_000_000_000L, 1);
        Instant since = Instant.parse(minutesAgo(60));
        Redelivery.Many first = slow.redeliverSince(own.id(), UUID.fromString(webhook), since, false);
        assertThat(first).isInstanceOfSatisfying(Redelivery.Many.Done.class, done -> {
            assertThat(done.count()).isEqualTo(1);
            assertThat(done.resumeAt()).isAfter(since);
        });
    }

    @Test
    void refusesWhatItDoesNotUnderstand() {
        String path = "/webhooks/" + make(URL);
        assertThat(errors(redeliver(path, "{\"meta\":{\"since\":\"yesterday\",\"delivered\":1,\"sinc\":2}}")))
                .containsExactlyInAnyOrder(
                        "422 unknown_attribute /meta/sinc",
                        "422 invalid_value /meta/since",
                        "422 invalid_value /meta/delivered");
        assertThat(errors(redeliver(path, "{\"data\":null}"))).containsExactly("422 missing_member ");
        assertThat(errors(redeliver(path, "{\"meta\":{}}"))).containsExactly("422 missing_member /meta");
        assertThat(errors(redeliver(path, "{"))).containsExactly("400 malformed_json ");
    }
}
