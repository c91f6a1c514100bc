package dev.parley.server.events.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.candidates.CandidateRoutes;
import dev.parley.server.events.Event;
import dev.parley.server.events.EventFixture;
import dev.parley.server.events.EventLog;
import dev.parley.server.platform.http.Caller;
import dev.parley.server.platform.http.HttpClients;
import dev.parley.server.platform.http.HttpEdge;
import dev.parley.server.platform.http.HttpObserver;
import dev.parley.server.platform.http.HttpOptions;
import dev.parley.server.platform.http.HttpServer;
import dev.parley.server.platform.http.Route;
import dev.parley.server.platform.ids.Ids;
import dev.parley.server.platform.json.Json;
import dev.parley.server.platform.jsonapi.JsonApi;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The pull endpoint over HTTP, with candidates that change through the API. The token is the organization's id. */
@NullUnmarked
class EventPullTest {

    private static final String API = "/public/v2";
    private static final String EVENTS = API + "/events";

    private final EventFixture events = new EventFixture();
    private HttpServer server;

    @BeforeEach
    void start() throws Exception {
        JsonApi api = new JsonApi(API, 32);
        List<Route> routes = new ArrayList<>(
                new CandidateRoutes(api, events.database, InstantSource.system(), Ids.timeOrdered(), 100).routes());
        routes.addAll(new EventRoutes(api, events.database).routes());
        HttpEdge edge = new HttpEdge(
                token -> Caller.organization(UUID.fromString(token), "test"),
                api.failures(),
                HttpObserver.NONE,
                () -> "id");
        server = HttpServer.start(HttpOptions.defaults(), edge, routes);
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
        events.close();
    }

    @Test
    void everyChangeIsPulledInOrderAsTheApiShowsIt() {
        JsonNode ada = created("Ada");
        JsonNode bob = created("Bob");
        send("PATCH", path(ada), document("\"firstName\":\"Eve\""));
        send("DELETE", path(bob), null);

        JsonNode first = pull(EVENTS + "?page[size]=3");
        assertThat(first.at("/meta/more").booleanValue()).isTrue();
        assertThat(first.at("/data/0/attributes/resource")).isEqualTo(ada);
        assertThat(first.at("/data/1/attributes/resource")).isEqualTo(bob);
        assertThat(first.at("/data/2/attributes/event").stringValue()).isEqualTo("update");
        assertThat(first.at("/data/2/attributes/fields").toString()).isEqualTo("[\"firstName\"]");
        assertThat(first.at("/data/2/attributes/resource"))
                .isEqualTo(json(send("GET", path(ada), null)).get("data"));

        JsonNode second = pull(first.at("/links/next").stringValue());
        assertThat(words(second)).containsExactly("delete " + id(bob));
        assertThat(second.at("/meta/more").booleanValue()).isFalse();
        JsonNode nothing = pull(second.at("/links/next").stringValue());
        assertThat(nothing.get("data")).isEmpty();

        JsonNode next = created("Cleo");
        assertThat(words(pull(nothing.at("/links/next").stringValue()))).containsExactly("create " + id(next));
    }

    @Test
    void latestBeginsWithWhatComes() {
        created("Ada");
        JsonNode latest = pull(EVENTS + "?page[after]=latest");
        assertThat(latest.get("data")).isEmpty();
        JsonNode next = created("Bob");
        assertThat(words(pull(latest.at("/links/next").stringValue()))).containsExactly("create " + id(next));
    }

    @Test
    void anErasedOrDeletedResourceShowsItsTypeAndIdAlone() {
        UUID gone = UUID.randomUUID();
        append(new Event(
                events.organization,
                Event.Kind.DELETE,
                "candidates",
                gone,
                null,
                List.of(),
                null,
                InstantSource.system().instant()));
        assertThat(pull(EVENTS).at("/data/0/attributes/resource").toString())
                .isEqualTo("{\"type\":\"candidates\",\"id\":\"" + gone + "\"}");
    }

    @Test
    void aFilterThatLetsLittleThroughStillGetsOn() {
        UUID thread = UUID.randomUUID();
        events.run("""
                insert into events (organization_id, position, event, resource_type, resource_id, created_at)
                select '%s', nextval('event_positions'), 'update', 'candidates', '%s', now() from generate_series(1, %d)
                """.formatted(events.organization, UUID.randomUUID(), EventReadStore.MOST_SCANNED + 10));
        UUID message = UUID.randomUUID();
        append(new Event(
                events.organization,
                Event.Kind.DELETE,
                "candidates",
                message,
                thread,
                List.of(),
                null,
                InstantSource.system().instant()));

        JsonNode first = pull(EVENTS + "?filter[messageThreadId]=" + thread);
        assertThat(first.get("data")).isEmpty();
        assertThat(first.at("/meta/more").booleanValue()).isTrue();
        JsonNode second = pull(first.at("/links/next").stringValue());
        assertThat(words(second)).containsExactly("delete " + message);
        assertThat(second.at("/meta/more").booleanValue()).isFalse();
        assertThat(pull(EVENTS + "?filter[resourceType]=candidates").get("data"))
                .hasSize(25);
    }

    @Test
    void nothingIsSkippedThatCommitsLaterWithALowerPosition() throws Exception {
        UUID early = UUID.randomUUID();
        UUID late = UUID.randomUUID();
        JsonNode held;
        try (Connection open = events.begin()) {
            append(open, early);
            events.database.transact(connection -> append(connection, late));
            held = pull(EVENTS);
            assertThat(held.get("data"))
                    .as("the later one waits for the earlier one")
                    .isEmpty();
            open.commit();
        }
        assertThat(words(pull(held.at("/links/next").stringValue())))
                .containsExactly("delete " + early, "delete " + late);
    }

    @Test
    void aCursorOfADroppedPartitionHasExpired() {
        created("Ada");
        String old = pull(EVENTS).at("/meta/cursor").stringValue();
        events.run("select setval('event_positions', 1099511627776)");
        events.run("drop table events_p0");
        JsonNode kept = created("Bob");

        HttpResponse<String> expired = send("GET", EVENTS + "?page[after]=" + old, null);
        assertThat(expired.statusCode()).isEqualTo(410);
        assertThat(json(expired).at("/errors/0/code").stringValue()).isEqualTo("cursor_expired");
        assertThat(words(pull(EVENTS))).containsExactly("create " + id(kept));
    }

    @Test
    void anotherOrganizationsEventsAreNotThere() {
        created("Ada");
        HttpResponse<String> foreign =
                HttpClients.send("GET", server.url() + EVENTS, null, "Authorization", "Bearer " + UUID.randomUUID());
        assertThat(json(foreign).get("data")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "page[after]=x, page[after]",
        "page[after]=99999999999, page[after]",
        "page[size]=101, page[size]",
        "page[size]=, page[size]",
        "filter[resourceType]=nothing, filter[resourceType]",
        "filter[messageThreadId]=x, filter[messageThreadId]",
        "sort=createdAt, sort",
        "page[size]=1&page[size]=2, page[size]"
    })
    void whatIsWrongWithTheQueryIsNamed(String query, String parameter) {
        HttpResponse<String> answer = send("GET", EVENTS + "?" + query, null);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).at("/errors/0/source/parameter").stringValue()).isEqualTo(parameter);
    }

    private int append(Connection connection, UUID resource) throws SQLException {
        EventLog.append(
                connection,
                new Event(
                        events.organization,
                        Event.Kind.DELETE,
                        "candidates",
                        resource,
                        null,
                        List.of(),
                        null,
                        InstantSource.system().instant()));
        return 0;
    }

    private void append(Event event) {
        events.database.transact(connection -> {
            EventLog.append(connection, event);
            return 0;
        });
    }

    private JsonNode created(String name) {
        HttpResponse<String> answer = send(
                "POST", API + "/candidates", document("\"phone\":\"+31655500777\",\"firstName\":\"" + name + "\""));
        assertThat(answer.statusCode()).isEqualTo(201);
        return json(answer).get("data");
    }

    private static String document(String attributes) {
        return "{\"data\":{\"type\":\"candidates\",\"attributes\":{" + attributes + "}}}";
    }

    private static String path(JsonNode candidate) {
        return API + "/candidates/" + id(candidate);
    }

    private static String id(JsonNode resource) {
        return resource.get("id").stringValue();
    }

    private static List<String> words(JsonNode page) {
        List<String> words = new ArrayList<>();
        page.get("data")
                .forEach(event -> words.add(event.at("/attributes/event").stringValue() + " "
                        + event.at("/attributes/resourceId").stringValue()));
        return words;
    }

    private JsonNode pull(String path) {
        HttpResponse<String> answer = send("GET", path, null);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json(answer);
    }

    private HttpResponse<String> send(String method, String path, String body) {
        String url = server.url() + path.replace("[", "%5B").replace("]", "%5D");
        return body == null
                ? HttpClients.send(method, url, null, "Authorization", "Bearer " + events.organization)
                : HttpClients.send(
                        method,
                        url,
                        body,
                        "Authorization",
                        "Bearer " + events.organization,
                        "Content-Type",
                        "application/vnd.api+json");
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return Json.MAPPER.readTree(answer.body());
    }
}
