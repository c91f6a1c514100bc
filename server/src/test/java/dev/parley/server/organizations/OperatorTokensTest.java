package dev.parley.server.organizations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.server.platform.actor.Actor;
import dev.parley.server.platform.http.Scope;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@NullUnmarked
class OperatorTokensTest {

    private OrganizationWorld world;
    private Made made;
    private OperatorTokens tokens;

    @BeforeEach
    void start() throws Exception {
        world = new OrganizationWorld();
        made = world.organization("a");
        tokens = new OperatorTokens(world.database, world.service, OrganizationWorld.MOST_TOKENS);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private int status(String token) {
        return world.send(token, "GET", "/candidates", null).statusCode();
    }

    private OperatorTokens.Shown create(String name) {
        return Actor.COMMAND_LINE.doing(() -> tokens.create(made.id(), name, Set.of(Scope.READ), null));
    }

    @Test
    void makesListsAndRevokesTokensThatWork() throws SQLException {
        OperatorTokens.Shown first = create("first");
        world.clock.advance(Duration.ofSeconds(1));
        OperatorTokens.Shown second = create("second");
        assertThat(status(first.token())).isEqualTo(200);

        Actor.COMMAND_LINE.doing(() -> {
            tokens.revoke(made.id(), first.id());
            return true;
        });

        assertThat(status(first.token())).isEqualTo(401);
        assertThat(status(second.token())).isEqualTo(200);
        create("third");
        assertThat(tokens.list(made.id()))
                .extracting(OperatorTokens.Listed::name)
                .containsExactlyInAnyOrder("second", "third");
        assertThat(world.query("select actor || ' ' || action from audit_entries where action like 'token.%'"
                        + " order by created_at, action"))
                .containsExactlyInAnyOrderElementsOf(List.of(
                        "commandLine token.created",
                        "commandLine token.created",
                        "commandLine token.created",
                        "commandLine token.revoked"));
    }

    @Test
    void saysWhyNot() {
        UUID nobody = new UUID(1, 2);
        assertThatThrownBy(() -> tokens.list(nobody)).hasMessageContaining("no organization " + nobody);
        assertThatThrownBy(() -> tokens.create(nobody, "n", Set.of(Scope.READ), null))
                .hasMessageContaining("no organization " + nobody);
        assertThatThrownBy(() -> tokens.revoke(made.id(), nobody)).hasMessageContaining("has no token " + nobody);
        assertThatThrownBy(() -> create("")).hasMessageContaining("1 to 255 characters");
        for (int i = 0; i < OrganizationWorld.MOST_TOKENS; i++) {
            create("t" + i);
        }
        assertThatThrownBy(() -> create("more")).hasMessageContaining("Delete a token first");
    }
}
