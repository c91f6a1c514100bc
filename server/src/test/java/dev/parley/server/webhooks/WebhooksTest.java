package dev.parley.server.webhooks;

import static dev.parley.server.organizations.OrganizationWorld.errors;
import static dev.parley.server.organizations.OrganizationWorld.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.organizations.OrganizationWorld;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

@NullUnmarked
class WebhooksTest extends WebhooksCase {

    private static final String URL = "https://example.com/hook?key=1";

    @Test
    void makesAWebhookWithEveryAttribute() throws Exception {
        HttpResponse<String> answer = post(own, """
                "resource":"CANDIDATES","event":"Update","fields":["firstname","phone"],"webhookUrl":"%s","active":true
                """.formatted(URL));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        JsonNode data = json(answer).get("data");
        assertThat(data.get("attributes").toString()).isEqualTo("""
                {"resource":"candidates","event":"update","fields":["firstName","phone"],\
                "webhookUrl":"https://example.com/hook?key=1","active":true,"secretHeader":true,"inactiveReason":null,\
                "pausedAt":null,"createdAt":"2026-03-02T08:15:30+00:00","updatedAt":"2026-03-02T08:15:30+00:00"}""");
        String id = data.get("id").stringValue();
        assertThat(answer.headers().firstValue("Location")).hasValue("/public/v2/webhooks/" + id);
        assertThat(data.at("/relationships/webhookLogs/links/related").stringValue())
                .isEqualTo("/public/v2/webhook-logs?filter%5BwebhookId%5D=" + id);
        assertThat(get("/webhooks/" + id).get("data")).isEqualTo(data);
        assertThat(get("/webhooks").at("/data/0/id").stringValue()).isEqualTo(id);
        assertThat(world.query("select e.url from webhooks w join webhook_endpoints e on e.id = w.endpoint_id"))
                .containsExactly(URL);
        assertThat(world.query("select state::jsonb->'attributes'->>'resource' from events"
                        + " where resource_type = 'webhooks' and event = 'create'"))
                .containsExactly("candidates");
    }

    @Test
    void needsAnAddressOfItsOwnOrOfTheOrganization() throws Exception {
        HttpResponse<String> nowhere = post(own, "\"resource\":\"candidates\",\"event\":\"create\"");
        assertThat(errors(nowhere)).containsExactly("422 missing_member /data/attributes");
        assertThat(nowhere.body()).contains("PATCH /organizations");
        organizationUrl("https://example.com/all");
        String first = make(null);
        make("https://example.com/all");
        assertThat(world.query("select count(distinct endpoint_id) from webhooks"))
                .as("one address is one endpoint")
                .containsExactly("1");
        assertThat(get("/webhooks/" + first).at("/data/attributes/webhookUrl").isNull())
                .isTrue();
        organizationUrl(null);
        String alone = make(URL);
        assertThat(errors(patch(alone, "\"webhookUrl\":null")))
                .containsExactly("422 invalid_value /data/attributes/webhookUrl");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            http://example.com/
            https://127.0.0.1/x
            https://10.0.0.1/
            https://localhost/
            https://[::1]/
            https://169.254.169.254/latest
            https://user:secret@example.com/
            https://example.com/x#part
            https://example.com/é
            ftp://example.com/
            nothing
            """)
    void refusesAddressesThatCannotBeCalled(String url) {
        assertThat(errors(post(own, "\"resource\":\"candidates\",\"event\":\"create\",\"webhookUrl\":\"" + url + "\"")))
                .containsExactly("422 invalid_value /data/attributes/webhookUrl");
    }

    @Test
    void saysWhatIsWrongWithNames() {
        HttpResponse<String> resource =
                post(own, "\"resource\":\"candidate\",\"event\":\"made\",\"webhookUrl\":\"" + URL + "\"");
        assertThat(errors(resource))
                .containsExactly(
                        "422 invalid_value /data/attributes/resource", "422 invalid_value /data/attributes/event");
        assertThat(json(resource).at("/errors/0/meta/nearest").stringValue()).isEqualTo("candidates");
        HttpResponse<String> silent =
                post(own, "\"resource\":\"webhookLogs\",\"event\":\"create\",\"webhookUrl\":\"" + URL + "\"");
        assertThat(errors(silent)).containsExactly("422 invalid_value /data/attributes/resource");
        HttpResponse<String> fields = post(
                own,
                "\"resource\":\"candidates\",\"event\":\"update\",\"fields\":[\"phone\",\"fistName\"],\"webhookUrl\":\""
                        + URL + "\"");
        assertThat(errors(fields)).containsExactly("422 invalid_value /data/attributes/fields/1");
        assertThat(json(fields).at("/errors/0/meta/nearest").stringValue()).isEqualTo("firstName");
        assertThat(errors(post(
                        own,
                        "\"resource\":\"candidates\",\"event\":\"delete\",\"fields\":[\"phone\"],\"webhookUrl\":\""
                                + URL + "\"")))
                .containsExactly("422 invalid_value /data/attributes/fields");
    }

    @Test
    void checksAChangeTogetherWithWhatStays() throws Exception {
        organizationUrl(URL);
        String id = json(post(own, "\"resource\":\"candidates\",\"event\":\"update\",\"fields\":[\"phone\"]"))
                .at("/data/id")
                .stringValue();
        assertThat(errors(patch(id, "\"event\":\"create\"")))
                .containsExactly("422 invalid_value /data/attributes/event");
        assertThat(errors(patch(id, "\"resource\":\"organizations\"")))
                .containsExactly("422 invalid_value /data/attributes/resource");
        HttpResponse<String> changed = patch(id, "\"event\":\"create\",\"fields\":null,\"secretHeader\":false");
        assertThat(changed.statusCode()).as(changed.body()).isEqualTo(200);
        assertThat(json(changed).at("/data/meta/version").asInt()).isEqualTo(2);
        assertThat(patch(id, "\"event\":\"create\"").statusCode()).isEqualTo(200);
        assertThat(world.query("select fields::text from events where resource_type = 'webhooks' and event = 'update'"))
                .containsExactly("{event,fields,secretHeader}");
    }

    @Test
    void resumesAnEndpointThatWasPausedOrSwitchedOff() throws Exception {
        String id = make(URL);
        world.execute(
                "update webhook_endpoints set failures = 9, failing_since = now(), open_until = now(), paused_at = "
                        + "'2026-03-02T08:15:30Z'");
        world.execute("update webhooks set active = false, inactive_reason = 'its address answered 410'");
        JsonNode off = get("/webhooks/" + id).at("/data/attributes");
        assertThat(off.get("pausedAt").stringValue()).isEqualTo("2026-03-02T08:15:30+00:00");
        assertThat(off.get("inactiveReason").stringValue()).isEqualTo("its address answered 410");
        JsonNode on = json(patch(id, "\"active\":true")).at("/data/attributes");
        assertThat(on.get("active").booleanValue()).isTrue();
        assertThat(on.get("pausedAt").isNull()).isTrue();
        assertThat(on.get("inactiveReason").isNull()).isTrue();
        assertThat(world.query("select count(*) from webhook_endpoints where failures = 0 and failing_since is null"
                        + " and open_until is null and paused_at is null and due_at is not null"))
                .containsExactly("1");
    }

    @Test
    void belongsToItsOrganizationAlone() {
        String id = make(URL);
        for (String method : List.of("GET", "DELETE")) {
            HttpResponse<String> foreign = world.send(other.token(), method, "/webhooks/" + id, null);
            assertThat(foreign.statusCode()).isEqualTo(404);
            assertThat(foreign.body())
                    .isEqualTo(world.send(other.token(), method, "/webhooks/" + UUID.randomUUID(), null)
                            .body());
        }
        assertThat(json(world.send(other.token(), "GET", "/webhooks", null)).get("data"))
                .isEmpty();
        assertThat(world.send(other.token(), "POST", "/webhooks/" + id + "/redeliver", """
                        {"meta":{"since":"2024-05-07T14:20:46+00:00"}}""")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void hasABound() {
        for (int i = 0; i < OrganizationWorld.MOST_WEBHOOKS; i++) {
            make(URL);
        }
        assertThat(errors(post(own, "\"resource\":\"candidates\",\"event\":\"create\",\"webhookUrl\":\"" + URL + "\"")))
                .containsExactly("409 too_many_webhooks ");
        String id = get("/webhooks").at("/data/0/id").stringValue();
        assertThat(world.send(own.token(), "DELETE", "/webhooks/" + id, null).statusCode())
                .isEqualTo(204);
        assertThat(world.send(own.token(), "GET", "/webhooks/" + id, null).statusCode())
                .isEqualTo(404);
        make(other, URL);
        make(URL);
    }
}
