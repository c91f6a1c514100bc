package dev.parley.server.organizations;

import static dev.parley.server.organizations.OrganizationWorld.PARTNER;
import static dev.parley.server.organizations.OrganizationWorld.errors;
import static dev.parley.server.organizations.OrganizationWorld.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@NullUnmarked
class NamedTokensTest {

    private static final String TOKENS = "/tokens";
    private static final String ALL = "[\"read\",\"send\",\"manage\"]";

    private OrganizationWorld world;
    private Made made;

    @BeforeEach
    void start() throws Exception {
        world = new OrganizationWorld();
        made = world.organization("a");
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private HttpResponse<String> create(String by, String name, String scopes, String more) {
        return world.send(
                by,
                "POST",
                TOKENS,
                "{\"data\":{\"type\":\"tokens\",\"attributes\":{\"name\":\"" + name + "\",\"scopes\":" + scopes + more
                        + "}}}");
    }

    private HttpResponse<String> patch(String id, String attributes) {
        return patchBy(made.token(), id, attributes);
    }

    private HttpResponse<String> patchBy(String by, String id, String attributes) {
        return world.send(
                by, "PATCH", TOKENS + "/" + id, "{\"data\":{\"type\":\"tokens\",\"attributes\":{" + attributes + "}}}");
    }

    private int status(String token, String path) {
        return world.send(token, "GET", path, null).statusCode();
    }

    private static String token(HttpResponse<String> created) {
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        return json(created).at("/data/attributes/token").stringValue();
    }

    private static String id(HttpResponse<String> created) {
        return json(created).at("/data/id").stringValue();
    }

    @Test
    void aTokenIsShownOnceAndStoredAsAHash() throws SQLException {
        HttpResponse<String> created = create(made.token(), "reports", "[\"READ\"]", "");
        String token = token(created);

        JsonNode read = json(world.send(made.token(), "GET", TOKENS + "/" + id(created), null));
        assertThat(read.at("/data/attributes/token").isNull()).isTrue();
        assertThat(read.at("/data/attributes/name").stringValue()).isEqualTo("reports");
        assertThat(read.at("/data/attributes/scopes").toString()).isEqualTo("[\"read\"]");
        assertThat(world.send(made.token(), "GET", TOKENS, null).body())
                .contains(id(created))
                .doesNotContain(token);
        assertThat(world.query("select resource_type || ' ' || coalesce(state, '') from events"))
                .anyMatch(event -> event.startsWith("tokens "))
                .noneMatch(event -> event.contains(token));
        assertThat(world.query("select name from tokens where hash = sha256('" + token + "')"))
                .containsExactly("reports");
    }

    @Test
    void aTokenDoesWhatItsScopesSayAndIsToldWhichOneIsMissing() {
        String reader = token(create(made.token(), "r", "[\"read\"]", ""));
        String sender = token(create(made.token(), "s", "[\"send\"]", ""));
        String candidate = "{\"data\":{\"type\":\"candidates\",\"attributes\":{\"phone\":\"4915112345678\"}}}";

        assertThat(status(reader, "/candidates")).isEqualTo(200);
        assertThat(status(sender, "/candidates")).isEqualTo(403);
        assertThat(world.send(sender, "POST", "/candidates", candidate).statusCode())
                .isEqualTo(201);
        HttpResponse<String> refused = world.send(reader, "POST", "/candidates", candidate);
        assertThat(errors(refused)).containsExactly("403 scope_missing ");
        assertThat(refused.body()).contains("the scope send");
        assertThat(create(sender, "x", "[\"send\"]", "").body()).contains("the scope manage");
    }

    @Test
    void aTokenMakesNoneThatMayMore() {
        String manager = token(create(made.token(), "m", "[\"manage\"]", ""));

        assertThat(errors(create(manager, "x", ALL, ""))).containsExactly("422 invalid_value /data/attributes/scopes");
        assertThat(create(manager, "x", "[\"manage\"]", "").statusCode()).isEqualTo(201);
    }

    @Test
    void aDeletedTokenStopsAtOnceAndTheOthersGoOn() {
        HttpResponse<String> one = create(made.token(), "1", ALL, "");
        String other = token(create(made.token(), "2", ALL, ""));
        assertThat(status(token(one), TOKENS)).isEqualTo(200);

        assertThat(world.send(other, "DELETE", TOKENS + "/" + id(one), null).statusCode())
                .isEqualTo(204);

        assertThat(status(token(one), TOKENS)).isEqualTo(401);
        assertThat(status(other, TOKENS)).isEqualTo(200);
        assertThat(status(made.token(), TOKENS)).isEqualTo(200);
        assertThat(world.send(other, "DELETE", TOKENS + "/" + id(one), null).statusCode())
                .isEqualTo(404);
    }

    @Test
    void refreshingTheMainTokenLeavesTheNamedOnes() {
        String named = token(create(made.token(), "n", ALL, ""));

        world.send(PARTNER, "POST", "/management/refresh-token/" + made.id(), null);

        assertThat(status(made.token(), TOKENS)).isEqualTo(401);
        assertThat(status(named, TOKENS)).isEqualTo(200);
    }

    @Test
    void aTokenEndsWhenItExpiresAndAnEndLiesAhead() throws SQLException {
        HttpResponse<String> created = create(made.token(), "e", ALL, ",\"expiresAt\":\"2999-01-01T00:00:00+00:00\"");
        assertThat(status(token(created), TOKENS)).isEqualTo(200);
        assertThat(errors(create(made.token(), "p", ALL, ",\"expiresAt\":\"2001-01-01T00:00:00+00:00\"")))
                .containsExactly("422 invalid_value /data/attributes/expiresAt");

        world.execute("update tokens set expires_at = parley_now() where id = '" + id(created) + "'");
        world.authenticator.clear();

        assertThat(status(token(created), TOKENS)).isEqualTo(401);
    }

    @Test
    void aTokenThatEndsNeitherOutlivesItselfNorMakesOneThatDoes() {
        HttpResponse<String> created = create(made.token(), "e", ALL, ",\"expiresAt\":\"2999-01-01T00:00:00+00:00\"");
        String ending = token(created);
        String late = ",\"expiresAt\":\"2999-01-01T00:00:01+00:00\"";
        for (HttpResponse<String> refused : List.of(
                create(ending, "endless", ALL, ""),
                create(ending, "late", ALL, late),
                patchBy(ending, id(created), "\"expiresAt\":null"),
                patchBy(ending, id(created), late.substring(1)))) {
            assertThat(errors(refused)).containsExactly("422 invalid_value /data/attributes/expiresAt");
            assertThat(refused.body()).contains("no later than 2999-01-01T00:00:00Z");
        }
        assertThat(create(ending, "as long", ALL, ",\"expiresAt\":\"2999-01-01T00:00:00+00:00\"")
                        .statusCode())
                .isEqualTo(201);
        assertThat(patchBy(ending, id(created), "\"name\":\"renamed\"").statusCode())
                .isEqualTo(200);
    }

    @Test
    void nameAndEndCanBeChangedAndScopesCannot() {
        String id = id(create(made.token(), "old", ALL, ""));

        HttpResponse<String> changed = patch(id, "\"name\":\"new\",\"expiresAt\":\"2999-01-01T00:00:00+00:00\"");

        assertThat(json(changed).at("/data/attributes/name").stringValue()).isEqualTo("new");
        assertThat(json(changed).at("/data/attributes/expiresAt").stringValue()).isEqualTo("2999-01-01T00:00:00+00:00");
        assertThat(json(patch(id, "\"expiresAt\":null"))
                        .at("/data/attributes/expiresAt")
                        .isNull())
                .isTrue();
        assertThat(json(patch(id, "\"scopes\":[\"read\"]"))
                        .at("/data/attributes/scopes")
                        .size())
                .isEqualTo(3);
    }

    @Test
    void scopesAreSomeOfThree() {
        assertThat(errors(create(made.token(), "x", "[]", "")))
                .containsExactly("422 invalid_value /data/attributes/scopes");
        assertThat(errors(create(made.token(), "x", "[\"read\",\"write\"]", "")))
                .containsExactly("422 invalid_value /data/attributes/scopes/1");
    }

    @Test
    void anOrganizationHasSoManyAndSeesItsOwnOnly() {
        Made other = world.organization("b");
        String id = id(create(other.token(), "theirs", ALL, ""));
        for (int i = 0; i < OrganizationWorld.MOST_TOKENS; i++) {
            token(create(made.token(), "t" + i, ALL, ""));
        }

        assertThat(errors(create(made.token(), "more", ALL, ""))).containsExactly("409 too_many_tokens ");
        assertThat(status(made.token(), TOKENS + "/" + id)).isEqualTo(404);
        assertThat(patch(id, "\"name\":\"mine\"").statusCode()).isEqualTo(404);
        assertThat(world.send(made.token(), "DELETE", TOKENS + "/" + id, null).statusCode())
                .isEqualTo(404);
        assertThat(status(other.token(), TOKENS + "/" + id)).isEqualTo(200);
    }
}
