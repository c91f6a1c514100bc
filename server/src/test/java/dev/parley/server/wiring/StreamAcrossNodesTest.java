package dev.parley.server.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.server.Schema;
import dev.parley.server.events.stream.StreamReader;
import dev.parley.server.platform.json.Json;
import dev.parley.testkit.postgres.TestDatabase;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Streams of two servers on one database, as the wiring makes them. */
class StreamAcrossNodesTest {

    private static final String PARTNER = "pp_stream-nodes-test-token-0123456789";
    /** Well within the 5 s after which a node would ask by itself. */
    private static final Duration AT_ONCE = Duration.ofSeconds(4);

    @TempDir
    Path folder;

    private TestDatabase test;
    private RunningServer first;
    private RunningServer second;
    private String organization;

    @BeforeEach
    void start() {
        test = Schema.create();
        first = server();
        second = server();
        await().untilAsserted(
                        () -> assertThat(first.metric("parley_nodes_others")).isEqualTo(1));
        organization = first.make("/management/organizations", PARTNER, "organizations", Map.of("name", "Acme"))
                .path("id")
                .asString();
    }

    @AfterEach
    void stop() {
        first.close();
        second.close();
        test.close();
    }

    @Test
    void whatOneAcceptsIsStreamedByTheOtherAlsoWithATicketOfTheFirst() {
        String token = refreshed();
        JsonNode ticket = Json.MAPPER
                .readTree(first.api("POST", "/events/tickets", token, null).body())
                .at("/data/attributes");
        StreamReader browser = StreamReader.open(
                address(second) + "?ticket=" + ticket.path("ticket").asString());
        assertThat(browser.status).isEqualTo(200);
        StreamReader reader = open(second, token);
        JsonNode candidate = first.make("/candidates", token, "candidates", Map.of("phone", "+31612345678"));

        String word = "candidates.create " + candidate.path("id").asString();
        await().untilAsserted(() -> {
            assertThat(reader.words()).containsExactly(word);
            assertThat(browser.words()).containsExactly(word);
        });
        assertThat(second.metric("parley_streams_open")).isEqualTo(2);
        assertThat(second.metric("parley_streams_events_total")).isEqualTo(2);
    }

    @Test
    void aReplacedTokenAndARemovedOrganizationEndTheStreamsOfBoth() {
        String old = refreshed();
        StreamReader here = open(first, old);
        StreamReader there = open(second, old);
        String next = refreshed();
        await().atMost(AT_ONCE).until(() -> here.ended() && there.ended());
        assertThat(open(second, old).status).isEqualTo(401);

        StreamReader last = open(second, next);
        assertThat(last.status).isEqualTo(200);
        assertThat(first.api("DELETE", "/management/organizations/" + organization, PARTNER, null)
                        .statusCode())
                .isEqualTo(204);
        await().atMost(AT_ONCE).until(last::ended);
        assertThat(second.metric("parley_streams_ended_total{why=\"token\"")).isEqualTo(2);
    }

    @Test
    void aServerThatStopsEndsItsStreamsAndTheOtherGoesOnWhereTheyEnded() {
        String token = refreshed();
        StreamReader reader = open(second, token);
        first.make("/candidates", token, "candidates", Map.of("phone", "+31612345678"));
        await().untilAsserted(() -> assertThat(reader.events).hasSize(1));
        long begun = System.nanoTime();
        second.close();
        assertThat(Duration.ofNanos(System.nanoTime() - begun))
                .as("a stream is no request that is waited for")
                .isLessThan(Duration.ofSeconds(20));
        assertThat(reader.ended()).isTrue();

        first.make("/candidates", token, "candidates", Map.of("phone", "+31612345679"));
        StreamReader goesOn =
                StreamReader.open(address(first), "Authorization", "Bearer " + token, "Last-Event-ID", reader.lastId());
        await().untilAsserted(() -> assertThat(goesOn.events).hasSize(1));
    }

    private RunningServer server() {
        return new RunningServer(folder.resolve("nodes"), PARTNER, RunningServer.on(test));
    }

    private String refreshed() {
        HttpResponse<String> answer = first.api("POST", "/management/refresh-token/" + organization, PARTNER, null);
        assertThat(answer.statusCode()).isEqualTo(200);
        return Json.MAPPER.readTree(answer.body()).at("/data/attributes/token").stringValue();
    }

    private static String address(RunningServer server) {
        URI root = server.raw("GET", "/", null).uri();
        return root.resolve("/public/v2/events/stream").toString();
    }

    private static StreamReader open(RunningServer server, String token) {
        return StreamReader.open(address(server), "Authorization", "Bearer " + token);
    }
}
