package dev.parley.server.webhooks;

import static dev.parley.server.organizations.OrganizationWorld.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.organizations.Made;
import dev.parley.server.organizations.OrganizationWorld;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import tools.jackson.databind.JsonNode;

/** A server with two organizations, and requests to it. */
@NullUnmarked
abstract class WebhooksCase {

    OrganizationWorld world;
    Made own;
    Made other;

    @BeforeEach
    void start() throws Exception {
        world = new OrganizationWorld();
        own = world.organization("Own");
        other = world.organization("Other");
    }

    @AfterEach
    void stop() {
        world.close();
    }

    HttpResponse<String> post(Made by, String attributes) {
        return world.send(
                by.token(),
                "POST",
                "/webhooks",
                "{\"data\":{\"type\":\"webhooks\",\"attributes\":{" + attributes + "}}}");
    }

    HttpResponse<String> patch(String id, String attributes) {
        return world.send(
                own.token(),
                "PATCH",
                "/webhooks/" + id,
                "{\"data\":{\"type\":\"webhooks\",\"attributes\":{" + attributes + "}}}");
    }

    /** Makes one for updates of candidates. */
    String make(String url) {
        return make(own, url);
    }

    String make(Made by, String url) {
        String address = url == null ? "" : ",\"webhookUrl\":\"" + url + "\"";
        HttpResponse<String> answer = post(by, "\"resource\":\"candidates\",\"event\":\"update\"" + address);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return json(answer).at("/data/id").stringValue();
    }

    JsonNode get(String path) {
        HttpResponse<String> answer = world.send(own.token(), "GET", path, null);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json(answer);
    }

    /** Where the organization's webhooks go. */
    void organizationUrl(String url) {
        String value = url == null ? "null" : "\"" + url + "\"";
        HttpResponse<String> answer = world.send(
                own.token(),
                "PATCH",
                "/organizations",
                "{\"data\":{\"type\":\"organizations\",\"attributes\":{\"webhookUrl\":" + value + "}}}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    /** Stores a delivery of that webhook to its endpoint, made so many minutes ago. */
    String delivery(String webhook, String status, boolean late, int minutesAgo) throws Exception {
        String id = UUID.randomUUID().toString();
        world.execute("""
                insert into webhook_deliveries (organization_id, id, webhook_id, endpoint_id, position, event, resource_type,
                    resource_id, lane, status, late, tries, due_at, attempts, created_at, updated_at)
                select organization_id, '%s', id, endpoint_id, 1, 'update', 'candidates', '%s', 1, '%s', %s, 3,
                    case when '%s' = 'pending' and %s then now() + interval '1 hour' end,
                    '[{"time":"2026-03-02T08:15:30+00:00","statusCode":500,"error":null,"milliseconds":12}]',
                    now() - interval '%d minutes', now()
                from webhooks where id = '%s'
                """.formatted(id, UUID.randomUUID(), status, late, status, late, minutesAgo, webhook));
        return id;
    }

    /** Statuses of all deliveries, each with the address it goes to. */
    List<String> deliveries() throws Exception {
        return world.query("select d.status || ' ' || e.url from webhook_deliveries d join webhook_endpoints e"
                + " on e.organization_id = d.organization_id and e.id = d.endpoint_id order by d.created_at, d.id");
    }
}
