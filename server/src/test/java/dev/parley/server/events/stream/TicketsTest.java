package dev.parley.server.events.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.server.platform.http.HttpClients;
import dev.parley.server.platform.json.Json;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Tickets: for those who can't send a token. */
@NullUnmarked
class TicketsTest {

    private final StreamWorld world = new StreamWorld();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void aTicketOpensAStreamOfItsOrganizationOnAnyNode() {
        JsonNode made = made();
        assertThat(OffsetDateTime.parse(made.path("expiresAt").stringValue()).toInstant())
                .isBetween(Instant.now().plusSeconds(50), Instant.now().plusSeconds(60));
        StreamWorld other = new StreamWorld(StreamWorld.OPTIONS, world.events);
        try {
            StreamReader reader = StreamReader.open(other.server.url() + address(made, "&page[after]=0"));
            assertThat(reader.status).isEqualTo(200);
            UUID resource = UUID.randomUUID();
            world.append(resource);
            await().untilAsserted(() -> assertThat(reader.words()).containsExactly("candidates.delete " + resource));
        } finally {
            other.stop();
        }
    }

    @Test
    void itHoldsForAMinuteAndNoLongerThanItsToken() {
        String address = world.server.url() + address(made(), "");
        world.passed = Duration.ofSeconds(59);
        assertThat(StreamReader.open(address).status).isEqualTo(200);
        world.passed = Duration.ofSeconds(62);
        assertThat(StreamReader.open(address).status).isEqualTo(401);

        String next = world.server.url() + address(made(), "");
        StreamReader open = StreamReader.open(next);
        world.endedTokens.add(world.events.organization.toString());
        assertThat(StreamReader.open(next).status).isEqualTo(401);
        world.streams.tokensMayHaveEnded();
        world.streams.keep();
        await().until(open::ended);
    }

    @Test
    void whatIsNoTicketOpensNothingAndATicketOpensNothingElse() {
        String ticket = made().path("ticket").stringValue();
        String url = world.server.url() + StreamWorld.STREAM + "?ticket=";
        assertThat(StreamReader.open(url).status).isEqualTo(401);
        assertThat(StreamReader.open(url + "x").status).isEqualTo(401);
        assertThat(StreamReader.open(url + ticket.substring(0, 40) + another(ticket.charAt(40)) + ticket.substring(41))
                        .status)
                .isEqualTo(401);
        assertThat(StreamReader.open(url + "x".repeat(2000)).status).isEqualTo(401);
        assertThat(HttpClients.send("GET", world.server.url() + StreamWorld.API + "/events?ticket=" + ticket, null)
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void onlyPagesThatAreNamedMayReadIt() {
        StreamReader named = world.open("", "Origin", "https://app.example.com");
        assertThat(named.headers).containsEntry("access-control-allow-origin", List.of("https://app.example.com"));
        assertThat(named.headers).containsEntry("vary", List.of("Origin"));
        StreamReader other = world.open("", "Origin", "https://elsewhere.example.com");
        assertThat(other.headers).doesNotContainKey("access-control-allow-origin");
    }

    private static char another(char letter) {
        return letter == 'A' ? 'B' : 'A';
    }

    private JsonNode made() {
        HttpResponse<String> answer = world.call("POST", StreamWorld.API + "/events/tickets", "");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        JsonNode data = Json.MAPPER.readTree(answer.body()).path("data");
        assertThat(data.path("type").stringValue()).isEqualTo("eventTickets");
        return data.path("attributes");
    }

    private static String address(JsonNode ticket, String more) {
        return StreamWorld.STREAM + "?ticket=" + ticket.path("ticket").stringValue() + more;
    }
}
