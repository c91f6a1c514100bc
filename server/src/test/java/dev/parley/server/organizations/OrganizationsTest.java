package dev.parley.server.organizations;

import static dev.parley.server.organizations.OrganizationWorld.PARTNER;
import static dev.parley.server.organizations.OrganizationWorld.errors;
import static dev.parley.server.organizations.OrganizationWorld.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
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
        JsonNode byName = json(world.send(PARTNER, "GET", MANAGED + "?sort=name&page%5Bsize%5D=1", null));
        assertThat(byName.at("/data/0/attributes/name").stringValue()).isEqualTo("First");
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
    void keepsTheTwoKindsOfTokenApart() {
        Made own = world.organization("Own");
        assertThat(world.send(own.token(), "GET", MANAGED, null).statusCode()).isEqualTo(403);
        assertThat(world.send(PARTNER, "GET", "/organizations", null).statusCode())
                .isEqualTo(403);
        assertThat(world.send("po_nobody", "GET", "/organizations", null).statusCode())
                .isEqualTo(401);
    }

    @Test
    void replacesTokensAtOnceHereAndWithinFiveSecondsElsewhere() {
        Made own = world.organization("Own");
        TokenAuthenticator elsewhere = new TokenAuthenticator(world.database, world.clock);
        assertThat(elsewhere.authenticate(own.token())).isNotNull();
        assertThat(world.send(own.token(), "GET", "/organizations", null).statusCode())
                .isEqualTo(200);
        HttpResponse<String> answer = world.send(PARTNER, "POST", "/management/refresh-token/" + own.id(), null);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(json(answer).at("/data/attributes/name").stringValue()).isEqualTo("Own");
        assertThat(json(answer).at("/data/attributes/signingSecret").isNull()).isTrue();
        String token = json(answer).at("/data/attributes/token").stringValue();
        assertThat(token).isNotEqualTo(own.token());
        assertThat(world.send(own.token(), "GET", "/organizations", null).statusCode())
                .isEqualTo(401);
        assertThat(world.send(token, "GET", "/organizations", null).statusCode())
                .isEqualTo(200);
        assertThat(elsewhere.authenticate(own.token())).isNotNull();
        world.clock.advance(Duration.ofSeconds(5));
        assertThat(elsewhere.authenticate(own.token())).isNull();
        assertThat(world.send(PARTNER, "POST", "/management/refresh-token/" + UUID.randomUUID(), null)
                        .statusCode())
                .isEqualTo(404);
        assertThat(world.send(PARTNER, "POST", "/management/refresh-token/x", null)
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void installsOnePartnerToken() {
        world.service.installPartnerToken("another");
        assertThat(world.send(PARTNER, "GET", MANAGED, null).statusCode()).isEqualTo(401);
        assertThat(world.send("another", "GET", MANAGED, null).statusCode()).isEqualTo(200);
        world.service.installPartnerToken("another");
        assertThat(world.send("another", "GET", MANAGED, null).statusCode()).isEqualTo(200);
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

    @Test
    void endsAnOrganizationAtOnceAndRemovesItLater() throws Exception {
        Made gone = world.organization("Gone");
        Made kept = world.organization("Kept");
        String candidate = "{\"data\":{\"type\":\"candidates\",\"attributes\":{\"phone\":\"1\"}}}";
        world.send(gone.token(), "POST", "/candidates", candidate);
        world.send(kept.token(), "POST", "/candidates", candidate);
        String path = MANAGED + "/" + gone.id();
        assertThat(world.send(PARTNER, "DELETE", path, null).statusCode()).isEqualTo(204);
        assertThat(world.send(gone.token(), "GET", "/organizations", null).statusCode())
                .isEqualTo(401);
        assertThat(world.send(PARTNER, "GET", path, null).statusCode()).isEqualTo(404);
        assertThat(world.send(PARTNER, "DELETE", path, null).statusCode()).isEqualTo(404);
        assertThat(json(world.send(PARTNER, "GET", MANAGED, null)).get("data")).hasSize(1);

        OrganizationRemoval removal = new OrganizationRemoval(world.database);
        world.execute("update organizations set deleted_at = parley_now() where deleted_at is not null");
        assertThat(removal.runOneCycle()).as("sends may still be under way").isFalse();
        world.execute("update database_clock set shift = interval '3 minutes'");
        int cycles = 0;
        while (removal.runOneCycle()) {
            assertThat(++cycles).isLessThan(50);
        }
        for (String table : RemovalStore.TABLES) {
            assertThat(world.query("select count(*) from " + table + " where organization_id = '" + gone.id() + "'"))
                    .as(table)
                    .containsExactly("0");
        }
        assertThat(world.query("select id from organizations"))
                .containsExactly(kept.id().toString());
        assertThat(world.query("select count(*) from candidates")).containsExactly("1");
        assertThat(world.query("select count(*) from candidate_statuses")).containsExactly("4");
    }

    @Test
    void removesFromEveryTableOfAnOrganization() throws Exception {
        Set<String> tables = new TreeSet<>(world.query("""
                select c.table_name from information_schema.columns c
                join pg_class p on p.relname = c.table_name and not p.relispartition
                where c.column_name = 'organization_id' and c.table_schema = 'public'
                """));
        assertThat(new TreeSet<>(RemovalStore.TABLES)).isEqualTo(tables);
    }
}
