package dev.parley.server.accounts;

import static dev.parley.server.accounts.AccountsServer.ONE;
import static dev.parley.server.accounts.AccountsServer.TWO;
import static dev.parley.server.accounts.AccountsServer.phone;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.accounts.AccountsServer.Told;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What changes tell: events, the pause of an account, and who is told after the commit. */
class AccountChangesTest {

    private AccountsServer server;
    private String id;
    private UUID uuid;

    @BeforeEach
    void start() throws Exception {
        server = new AccountsServer();
        id = server.post("one", phone("100")).expect(201).id();
        uuid = UUID.fromString(id);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void eachChangeIsAnEventWithTheStateAfterIt() throws Exception {
        server.clock.advance(Duration.ofSeconds(9));
        Answer patched = server.patch(
                        "one", id, "{\"name\":\"Desk\",\"messagesPerSecond\":5,\"settings\":{\"accessToken\":\"t2\"}}")
                .expect(200);
        assertThat(patched.attribute("updatedAt").asString()).isEqualTo("2026-03-02T08:15:39+00:00");
        server.delete("one", id).expect(204);
        List<Told> events = server.events(id);
        assertThat(events.stream().map(Told::event)).containsExactly("create", "update", "delete");
        assertThat(events)
                .allMatch(e -> e.organization().equals(ONE) && e.type().equals("channelAccounts"));
        assertThat(events.get(0).fields()).isEmpty();
        assertThat(events.get(0).version()).isEqualTo(1);
        assertThat(events.get(1).fields()).containsExactly("name", "messagesPerSecond", "settings");
        assertThat(events.get(1).version()).isEqualTo(2);
        assertThat(events.get(1).state().get("attributes")).isEqualTo(patched.attributes());
        assertThat(events.get(2).state()).isNull();
    }

    @Test
    void pausedAccountSaysWhyUntilItIsConnected() throws Exception {
        server.service.pause(ONE, uuid, "The token has expired.");
        Answer paused = server.get("one", "/" + id);
        assertThat(paused.attribute("status").asString()).isEqualTo("paused");
        assertThat(paused.attribute("statusReason").asString()).isEqualTo("The token has expired.");
        assertThat(server.events(id).getLast().fields()).containsExactly("status", "statusReason");
        assertThat(server.changed).isEmpty();
        assertThat(server.patch("one", id, "{\"status\":\"paused\"}")
                        .expect(200)
                        .attribute("statusReason")
                        .asString())
                .isEqualTo("The token has expired.");
        Answer connected = server.patch("one", id, "{\"status\":\"connected\"}").expect(200);
        assertThat(connected.attribute("statusReason").isNull()).isTrue();
        assertThat(server.events(id)).hasSize(3);
        assertThat(server.changed).containsExactly(uuid);
    }

    @Test
    void onlyAConnectedAccountOfTheOrganizationIsPaused() throws Exception {
        server.service.pause(TWO, uuid, "Not yours.");
        assertThat(server.events(id)).hasSize(1);
        server.patch("one", id, "{\"status\":\"paused\"}").expect(200);
        server.service.pause(ONE, uuid, "Too late.");
        assertThat(server.events(id)).hasSize(2);
        server.delete("one", id).expect(204);
        server.service.pause(ONE, uuid, "Gone.");
        assertThat(server.events(id)).hasSize(3);
    }

    @Test
    void dispatchIsToldOfWhatConcernsIt() throws Exception {
        server.patch("one", id, "{\"name\":\"Desk\"}").expect(200);
        server.patch("one", id, "{\"status\":\"connected\",\"messagesPerSecond\":80}")
                .expect(200);
        assertThat(server.changed).isEmpty();
        server.patch("one", id, "{\"messagesPerSecond\":81}").expect(200);
        server.patch("one", id, "{\"settings\":{\"accessToken\":\"t2\"}}").expect(200);
        assertThat(server.changed).containsExactly(uuid, uuid);
    }
}
