package dev.parley.server.organizations;

import static dev.parley.server.organizations.OrganizationWorld.PARTNER;
import static dev.parley.server.organizations.OrganizationWorld.errors;
import static dev.parley.server.organizations.OrganizationWorld.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@NullUnmarked
class OrganizationsTest {

    private static final String MANAGED = "/management/organizations";

    private OrganizationWorld world;

    @BeforeEach
    void start() throws Exception {
        world = new OrganizationWorld();
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private HttpResponse<String> make(String more) {
        return world.send(PARTNER, "POST", MANAGED + "/", """
                {"data":{"type":"organizations"%s}}""".formatted(more));
    }

    private static String patch(String attributes) {
        return "{\"data\":{\"type\":\"organizations\",\"attributes\":{" + attributes + "}}}";
    }

    @Test
    void makesAnOrganizationAsDocumented() throws Exception {
        HttpResponse<String> answer = make("""
                ,"id":"text","attributes":{"name":"Example","webhookUrl":"https://example.com/webhooks",
                "webhookSecret":"mysecret","token":"text"}""");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        JsonNode data = json(answer).get("data");
        JsonNode attributes = data.get("attributes");
        assertThat(json(answer).at("/meta/ignored").toString()).isEqualTo("[\"id\",\"token\"]");
        assertThat(attributes.get("webhookSecret").stringValue()).isEqualTo("***");
        assertThat(attributes.get("createdAt").stringValue()).isEqualTo("2026-03-02T08:15:30+00:00");
        assertThat(answer.headers().firstValue("Location"))
                .contains(
                        "/public/v2/management/organizations/" + data.get("id").stringValue());
        String signing = attributes.get("signingSecret").stringValue();
        assertThat(signing).startsWith("whsec_");
        assertThat(Base64.getDecoder().decode(signing.substring(6))).hasSize(32);

        String token = attributes.get("token").stringValue();
        JsonNode own = json(world.send(token, "GET", "/organizations", null));
        assertThat(own.get("data")).hasSize(1);
        assertThat(own.at("/data/0/id").stringValue()).isEqualTo(data.get("id").stringValue());
        assertThat(own.at("/data/0/attributes/token").isNull()).isTrue();
        assertThat(own.at("/data/0/attributes/signingSecret").isNull()).isTrue();
        assertThat(own.get("meta").toString())
                .isEqualTo("{\"total\":1,\"totalUnfiltered\":1,\"currentSize\":25,\"currentPage\":1,\"maxPage\":1}");
        assertThat(world.query("select name from candidate_statuses order by position"))
                .containsExactly("new", "in progress", "hired", "rejected");
        assertThat(world.query("select event from events")).containsExactly("create");
        String stored = String.join("", world.query("select organizations::text from organizations"))
                + world.query("select tokens::text from tokens")
                + world.query("select state::text from events");
        assertThat(stored).doesNotContain(token).doesNotContain(signing).doesNotContain("mysecret");
    }

    @Test
    void takesAnIdAndRefusesATakenOne() {
        UUID id = UUID.randomUUID();
        String body = ",\"id\":\"" + id + "\",\"attributes\":{\"name\":\"A\"}";
        assertThat(json(make(body)).at("/data/id").stringValue()).isEqualTo(id.toString());
        assertThat(errors(make(body))).containsExactly("409 id_taken /data/id");
        assertThat(errors(make(""))).containsExactly("422 missing_member /data");
    }

    @Test
    void refusesAddressesThatCannotBeCalled() {
        for (String url :
                List.of("http://example.com/", "https://127.0.0.1/", "https://10.0.0.1/", "https://localhost/")) {
            assertThat(errors(make(",\"attributes\":{\"name\":\"A\",\"webhookUrl\":\"" + url + "\"}")))
                    .as(url)
                    .containsExactly("422 invalid_value /data/attributes/webhookUrl");
        }
        for (String secret : List.of("geheim\u00e9", " spaced", "two\\nlines")) {
            assertThat(errors(make(",\"attributes\":{\"name\":\"A\",\"webhookSecret\":\"" + secret + "\"}")))
                    .as(secret)
                    .containsExactly("422 invalid_value /data/attributes/webhookSecret");
        }
        assertThat(errors(make(",\"attributes\":{\"webhookUrl\":\"https://127.0.0.1/\"}")))
                .hasSize(2);
    }

    @Test
    void listsGetsAndChangesForThePartner() throws Exception {
        Made first = world.organization("First");
        world.clock.advance(Duration.ofSeconds(1));
        Made second = world.organization("Second");
        JsonNode list = json(world.send(PARTNER, "GET", MANAGED + "/", null));
        assertThat(list.at("/data/0/id").stringValue()).isEqualTo(second.id().toString());
        assertThat(list.at("/data/1/id").stringValue()).isEqualTo(first.id().toString());
        assertThat(list.at("/data/0/links/self").stringValue()).isEqualTo("/public/v2" + MANAGED + "/" + second.id());
        JsonNode oldest = json(world.send(PARTNER, "GET", MANAGED + "?sort=createdAt&page%5Bsize%5D=1", null));
        assertThat(oldest.at("/data/0/attributes/name").stringValue()).isEqualTo("First");
        assertThat(json(world.send(PARTNER, "GET", MANAGED + "?sort=token", null))
                        .at("/errors/0/code")
                        .stringValue())
                .isEqualTo("unknown_sort");
        String path = MANAGED + "/" + first.id();
        world.clock.advance(Duration.ofSeconds(5));
        HttpResponse<String> changed = world.send(PARTNER, "PATCH", path, patch("\"name\":\"Other\""));
        assertThat(json(changed).at("/data/attributes/name").stringValue()).isEqualTo("Other");
        assertThat(json(changed).at("/data/meta/version").asInt()).isEqualTo(2);
        assertThat(json(changed).at("/data/attributes/updatedAt").stringValue()).isEqualTo("2026-03-02T08:15:36+00:00");
        assertThat(json(world.send(PARTNER, "GET", path, null)).get("data"))
                .isEqualTo(json(changed).get("data"));
        assertThat(errors(world.send(PARTNER, "PATCH", path, patch("\"name\":null"))))
                .containsExactly("422 invalid_value /data/attributes/name");
        assertThat(world.query("select fields::text from events where event = 'update'"))
                .containsExactly("{name}");
        assertThat(world.send(PARTNER, "GET", MANAGED + "/" + UUID.randomUUID(), null)
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void letsAnOrganizationChangeItselfAlone() throws Exception {
        Made own = world.organization("Own");
        Made other = world.organization("Other");
        String body = patch("\"webhookUrl\":\"https://example.com/webhooks\",\"webhookSecret\":\"mysecret\"");
        HttpResponse<String> changed = world.send("Bearer " + own.token(), "PATCH", "/organizations", body);
        assertThat(changed.statusCode()).as(changed.body()).isEqualTo(200);
        assertThat(json(changed).at("/data/attributes/webhookUrl").stringValue())
                .isEqualTo("https://example.com/webhooks");
        assertThat(world.send(own.token(), "PATCH", "/organizations/" + own.id(), patch("\"webhookSecret\":\"***\""))
                        .statusCode())
                .isEqualTo(200);
        byte[] sealed = world.database.call(connection ->
                OrganizationStore.find(connection, own.id()).orElseThrow().webhookSecret());
        assertThat(world.secrets.open(sealed)).isEqualTo("mysecret");
        // Neither the mask nor the same values again are a change.
        world.send(own.token(), "PATCH", "/organizations", body);
        assertThat(world.query("select fields::text from events where event = 'update'"))
                .containsExactly("{webhookUrl,webhookSecret}");
        HttpResponse<String> unset =
                world.send(own.token(), "PATCH", "/organizations", patch("\"webhookSecret\":null"));
        assertThat(json(unset).at("/data/attributes/webhookSecret").isNull()).isTrue();
        String foreign = world.send(own.token(), "GET", "/organizations/" + other.id(), null)
                .body();
        assertThat(foreign)
                .isEqualTo(world.send(own.token(), "GET", "/organizations/" + UUID.randomUUID(), null)
                        .body());
        assertThat(world.send(own.token(), "PATCH", "/organizations/" + other.id(), body)
                        .statusCode())
                .isEqualTo(404);
        assertThat(world.send(own.token(), "DELETE", "/organizations/" + own.id(), null)
                        .statusCode())
                .isEqualTo(405);
        assertThat(errors(world.send(
                        own.token(),
                        "PATCH",
                        "/organizations",
                        "{\"data\":{\"type\":\"organizations\",\"id\":\"" + other.id() + "\"}}")))
                .containsExactly("409 id_mismatch /data/id");
    }

    @Test
    void rotatesTheSigningSecretAndKeepsTheOneBeforeForADay() throws Exception {
        Made own = world.organization("Own");
        HttpResponse<String> answer = world.send(own.token(), "POST", "/organizations/rotate-signing-secret", null);
        assertThat(answer.statusCode()).isEqualTo(200);
        String secret = json(answer).at("/data/attributes/signingSecret").stringValue();
        assertThat(secret).startsWith("whsec_").isNotEqualTo(own.signingSecret());
        assertThat(json(answer).at("/data/attributes/token").isNull()).isTrue();
        assertThat(open("signing_secret")).isEqualTo(secret);
        assertThat(open("previous_signing_secret")).isEqualTo(own.signingSecret());
        assertThat(world.query("select previous_signing_secret_until at time zone 'UTC' from organizations"))
                .containsExactly("2026-03-03 08:15:30.123456");
    }

    private String open(String column) throws Exception {
        String base64 = world.query("select encode(" + column + ", 'base64') from organizations")
                .getFirst();
        return world.secrets.open(Base64.getMimeDecoder().decode(base64));
    }
}
