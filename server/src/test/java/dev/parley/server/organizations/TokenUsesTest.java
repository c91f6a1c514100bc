package dev.parley.server.organizations;

import static dev.parley.server.organizations.OrganizationWorld.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.server.platform.db.DatabaseException;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@NullUnmarked
class TokenUsesTest {

    private OrganizationWorld world;
    private Made made;
    private String id;
    private String token;

    @BeforeEach
    void start() throws Exception {
        world = new OrganizationWorld();
        made = world.organization("a");
        HttpResponse<String> created = world.send(
                made.token(),
                "POST",
                "/tokens",
                "{\"data\":{\"type\":\"tokens\",\"attributes\":{\"name\":\"n\",\"scopes\":[\"read\",\"manage\"]}}}");
        id = json(created).at("/data/id").stringValue();
        token = json(created).at("/data/attributes/token").stringValue();
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private JsonNode read() {
        return json(world.send(made.token(), "GET", "/tokens/" + id, null)).get("data");
    }

    private JsonNode lastUse() {
        return read().at("/attributes/lastUsedAt");
    }

    private void use() {
        world.send(token, "GET", "/candidates", null);
    }

    private static boolean says(JsonNode time, Instant at) {
        return Instant.parse(time.stringValue().replace("+00:00", "Z")).getEpochSecond() == at.getEpochSecond();
    }

    @Test
    void isNullUntilTheTokenIsUsedAndThenTheTimeOfTheLastUse() {
        assertThat(lastUse().isNull()).isTrue();
        assertThat(world.uses.runOneCycle()).isEqualTo(1);
        assertThat(lastUse().isNull()).as("only the other token was used").isTrue();

        use();
        world.clock.advance(Duration.ofSeconds(20));
        use();
        Instant last = world.clock.instant();
        assertThat(lastUse().isNull()).as("a request writes nothing").isTrue();
        world.clock.advance(Duration.ofSeconds(20));
        world.uses.runOneCycle();

        assertThat(says(lastUse(), last)).isTrue();
    }

    @Test
    void aUseIsNoChangeOfTheToken() throws SQLException {
        String events = world.query("select count(*) from events").getFirst();
        JsonNode before = read().get("meta");

        use();
        world.uses.runOneCycle();

        assertThat(lastUse().isNull()).isFalse();
        assertThat(read().get("meta")).isEqualTo(before);
        assertThat(world.query("select count(*) from events")).containsExactly(events);
    }

    @Test
    void theLatestOfSeveralNodesStands() {
        TokenUses elsewhere = new TokenUses(world.database, world.clock);
        TokenAuthenticator other = new TokenAuthenticator(world.database, world.ticks::get, () -> {}, elsewhere);
        other.authenticate(token);
        world.clock.advance(Duration.ofSeconds(30));
        use();
        Instant last = world.clock.instant();

        world.uses.runOneCycle();
        elsewhere.runOneCycle();

        assertThat(says(lastUse(), last)).isTrue();
    }

    @Test
    void whatCouldNotBeWrittenIsWrittenTheNextTime() throws SQLException {
        use();
        world.execute("alter table tokens rename column last_used_at to aside");
        assertThatThrownBy(world.uses::runOneCycle).isInstanceOf(DatabaseException.class);
        world.execute("alter table tokens rename column aside to last_used_at");

        world.uses.runOneCycle();

        assertThat(lastUse().isNull()).isFalse();
    }

    @Test
    void aTokenThatDoesNotWorkIsNotRemembered() {
        world.uses.runOneCycle();
        world.send("made-up", "GET", "/candidates", null);

        assertThat(world.uses.runOneCycle()).isZero();
    }

    @Test
    void cannotBeWritten() {
        HttpResponse<String> changed = world.send(
                made.token(),
                "PATCH",
                "/tokens/" + id,
                "{\"data\":{\"type\":\"tokens\",\"attributes\":{\"lastUsedAt\":\"2020-01-01T00:00:00+00:00\"}}}");

        assertThat(json(changed).at("/meta/ignored/0").stringValue()).contains("lastUsedAt");
        assertThat(lastUse().isNull()).isTrue();
    }
}
