package dev.parley.server.organizations;

import static dev.parley.server.organizations.OrganizationWorld.PARTNER;
import static dev.parley.server.organizations.OrganizationWorld.errors;
import static dev.parley.server.organizations.OrganizationWorld.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@NullUnmarked
class ManagedTokensTest {

    private OrganizationWorld world;
    private Made made;
    private Made other;

    @BeforeEach
    void start() throws Exception {
        world = new OrganizationWorld();
        made = world.organization("a");
        other = world.organization("b");
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private static String tokens(UUID organization) {
        return "/management/organizations/" + organization + "/tokens";
    }

    private HttpResponse<String> create(String path, String attributes, String... headers) {
        return world.send(
                PARTNER, "POST", path, "{\"data\":{\"type\":\"tokens\",\"attributes\":{" + attributes + "}}}", headers);
    }

    private HttpResponse<String> reader(String... headers) {
        return create(tokens(made.id()), "\"name\":\"r\",\"scopes\":[\"read\"]", headers);
    }

    private int status(String token, String method, String path) {
        return world.send(token, method, path, null).statusCode();
    }

    @Test
    void thePartnerMakesReadsChangesAndRevokesATokenOfAnOrganization() throws SQLException {
        HttpResponse<String> created = reader();
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        JsonNode data = json(created).get("data");
        String path = tokens(made.id()) + "/" + data.get("id").stringValue();
        String token = data.at("/attributes/token").stringValue();
        assertThat(created.headers().firstValue("Location")).contains("/public/v2" + path);
        assertThat(data.at("/links/self").stringValue()).isEqualTo("/public/v2" + path);
        assertThat(data.at("/relationships/organization/links/related").stringValue())
                .isEqualTo("/public/v2/management/organizations/" + made.id());
        assertThat(status(token, "GET", "/candidates")).isEqualTo(200);

        HttpResponse<String> list = world.send(PARTNER, "GET", tokens(made.id()), null);
        assertThat(json(list).get("data")).hasSize(1);
        assertThat(list.body()).doesNotContain(token);
        assertThat(json(list).at("/links/self").stringValue()).startsWith("/public/v2" + tokens(made.id()));
        HttpResponse<String> changed = world.send(
                PARTNER, "PATCH", path, "{\"data\":{\"type\":\"tokens\",\"attributes\":{\"name\":\"renamed\"}}}");
        assertThat(json(changed).at("/data/attributes/name").stringValue()).isEqualTo("renamed");
        assertThat(status(PARTNER, "DELETE", path)).isEqualTo(204);

        assertThat(status(token, "GET", "/candidates")).isEqualTo(401);
        assertThat(status(PARTNER, "GET", path)).isEqualTo(404);
        assertThat(world.query("select event from events where resource_type = 'tokens' and organization_id = '"
                        + made.id() + "' order by position"))
                .containsExactly("create", "update", "delete");
        assertThat(world.query("select distinct actor from audit_entries where action like 'token.%'"))
                .containsExactly("partner");
    }

    @Test
    void itIsTheTokenThatTheOrganizationSees() {
        String id = json(reader()).at("/data/id").stringValue();

        JsonNode own =
                json(world.send(made.token(), "GET", "/tokens/" + id, null)).get("data");

        assertThat(own.at("/attributes/name").stringValue()).isEqualTo("r");
        assertThat(own.at("/links/self").stringValue()).isEqualTo("/public/v2/tokens/" + id);
    }

    @Test
    void anOrganizationThatIsNotThereHasNoTokens() {
        String nobody = tokens(new UUID(1, 2));
        assertThat(status(PARTNER, "GET", nobody)).isEqualTo(404);
        assertThat(create(nobody, "\"name\":\"r\",\"scopes\":[\"read\"]").statusCode())
                .isEqualTo(404);
        assertThat(status(PARTNER, "DELETE", nobody + "/" + new UUID(1, 2))).isEqualTo(404);
        world.send(PARTNER, "DELETE", "/management/organizations/" + other.id(), null);
        assertThat(status(PARTNER, "GET", tokens(other.id()))).isEqualTo(404);
    }

    @Test
    void aTokenIsFoundUnderItsOrganizationAlone() {
        String id = json(reader()).at("/data/id").stringValue();

        assertThat(status(PARTNER, "GET", tokens(other.id()) + "/" + id)).isEqualTo(404);
        assertThat(status(PARTNER, "DELETE", tokens(other.id()) + "/" + id)).isEqualTo(404);
        assertThat(json(world.send(PARTNER, "GET", tokens(other.id()), null)).get("data"))
                .isEmpty();
        assertThat(status(PARTNER, "GET", tokens(made.id()) + "/" + id)).isEqualTo(200);
    }

    @Test
    void organizationsDoNotReachIt() {
        assertThat(status(made.token(), "GET", tokens(made.id()))).isEqualTo(403);
    }

    @Test
    void theRulesAreThoseOfTokens() {
        assertThat(errors(create(tokens(made.id()), "\"name\":\"x\",\"scopes\":[]")))
                .containsExactly("422 invalid_value /data/attributes/scopes");
        for (int i = 0; i < OrganizationWorld.MOST_TOKENS; i++) {
            assertThat(reader().statusCode()).isEqualTo(201);
        }
        assertThat(errors(reader())).containsExactly("409 too_many_tokens ");
    }

    @Test
    void aRepeatedRequestMakesOneTokenAndShowsItOnce() {
        HttpResponse<String> first = reader("Idempotency-Key", "one");
        HttpResponse<String> again = reader("Idempotency-Key", "one");

        assertThat(json(again).at("/data/id")).isEqualTo(json(first).at("/data/id"));
        assertThat(json(again).at("/data/attributes/token").isNull()).isTrue();
        assertThat(again.headers().firstValue("Idempotency-Replayed")).contains("true");
        assertThat(again.headers().firstValue("Location"))
                .isEqualTo(first.headers().firstValue("Location"));
    }

    @Test
    void aChangeCanDemandTheStateThatItWasMadeFor() {
        HttpResponse<String> created = reader();
        String path = tokens(made.id()) + "/" + json(created).at("/data/id").stringValue();
        String tag = created.headers().firstValue("ETag").orElseThrow();
        String body = "{\"data\":{\"type\":\"tokens\",\"attributes\":{\"name\":\"n\"}}}";

        assertThat(world.send(PARTNER, "PATCH", path, body, "If-Match", tag).statusCode())
                .isEqualTo(200);
        assertThat(world.send(PARTNER, "DELETE", path, null, "If-Match", tag).statusCode())
                .isEqualTo(412);
    }
}
