package dev.parley.server.platform.jsonapi;

import static dev.parley.server.organizations.OrganizationWorld.errors;
import static dev.parley.server.organizations.OrganizationWorld.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.server.organizations.Made;
import dev.parley.server.organizations.OrganizationWorld;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code ETag}, {@code If-None-Match} and {@code If-Match}. */
@NullUnmarked
class EntityTagTest {

    private static final int RIVALS = 6;

    private OrganizationWorld world;
    private Made own;
    private String path;
    private String tag;

    @BeforeEach
    void start() throws Exception {
        world = new OrganizationWorld();
        own = world.organization("Own");
        HttpResponse<String> made = world.send(own.token(), "POST", "/candidates", body("\"phone\":\"1\""));
        path = "/candidates/" + json(made).at("/data/id").stringValue();
        tag = tag(made);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private static String body(String attributes) {
        return "{\"data\":{\"type\":\"candidates\",\"attributes\":{" + attributes + "}}}";
    }

    private static String tag(HttpResponse<String> answer) {
        return answer.headers().firstValue("ETag").orElseThrow();
    }

    private HttpResponse<String> get(String query, String had) {
        return world.send(own.token(), "GET", path + query, null, "If-None-Match", had);
    }

    private HttpResponse<String> patch(String phone, String demanded) {
        return world.send(own.token(), "PATCH", path, body("\"phone\":\"" + phone + "\""), "If-Match", demanded);
    }

    private String phone() throws Exception {
        return world.query("select phone from candidates").getFirst();
    }

    @Test
    void whatTheCallerHasIsNotSentAgain() {
        HttpResponse<String> got = get("", "\"1.other\"");
        assertThat(got.statusCode()).isEqualTo(200);
        assertThat(tag(got)).isEqualTo(tag).matches("\"1\\.[\\w-]{12}\"");
        HttpResponse<String> again = get("", tag);
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(tag(again)).isEqualTo(tag);
        assertThat(again.headers().firstValue("Vary")).hasValue("Accept");
        assertThat(get("", "W/" + tag).statusCode()).as("weak comparison").isEqualTo(304);
        assertThat(get("", "\"x\" , " + tag).statusCode()).isEqualTo(304);
        assertThat(get("", "*").statusCode()).isEqualTo(304);
        assertThat(get("?include=candidateStatus", tag).statusCode())
                .as("another document")
                .isEqualTo(200);
        patch("2", "*");
        assertThat(get("", tag).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.x", "\"1.x", "\"a\" \"b\"", "\"a\",", "*, \"a\"", "w/\"a\"", "\"a b\"", ","})
    void aMalformedHeaderIsRefused(String header) {
        for (HttpResponse<String> answer : List.of(
                get("", header),
                patch("2", header),
                world.send(own.token(), "DELETE", path, null, "If-Match", header))) {
            assertThat(errors(answer)).as(header).containsExactly("400 invalid_header ");
        }
    }

    @Test
    void aChangeOfTheStateThatWasSeenIsMade() throws Exception {
        HttpResponse<String> changed = patch("2", tag);
        assertThat(changed.statusCode()).as(changed.body()).isEqualTo(200);
        assertThat(tag(changed)).isNotEqualTo(tag);
        assertThat(patch("3", "\"1.x\", " + tag(changed)).statusCode()).isEqualTo(200);
        assertThat(patch("4", "*").statusCode()).isEqualTo(200);
        assertThat(phone()).isEqualTo("4");
    }

    @Test
    void aChangeOfAnotherStateIsNot() throws Exception {
        patch("2", tag);
        HttpResponse<String> stale = patch("3", tag);
        assertThat(errors(stale)).containsExactly("412 precondition_failed ");
        assertThat(json(stale).at("/errors/0/source/header").asString()).isEqualTo("If-Match");
        String now = tag(get("", "\"x\""));
        assertThat(patch("3", "W/" + now).statusCode())
                .as("a weak tag names no state")
                .isEqualTo(412);
        assertThat(world.send(own.token(), "DELETE", path, null, "If-Match", tag)
                        .statusCode())
                .isEqualTo(412);
        assertThat(phone()).isEqualTo("2");
        assertThat(world.query("select event from events where resource_type = 'candidates' order by position"))
                .containsExactly("create", "update");
        assertThat(world.send(own.token(), "DELETE", path, null, "If-Match", now)
                        .statusCode())
                .isEqualTo(204);
        assertThat(patch("3", "*").statusCode()).isEqualTo(404);
    }

    @Test
    void aTagNamesTheResourceThroughWhicheverAnswerItCame() {
        String included = tag(get("?include=candidateStatus", "\"x\""));
        assertThat(included).isNotEqualTo(tag);
        assertThat(patch("2", included).statusCode()).isEqualTo(200);
    }

    @Test
    void ofManyWithTheSameTagOneWins() throws Exception {
        List<CompletableFuture<HttpResponse<String>>> rivals;
        try (Connection blocker = world.database.connection()) {
            blocker.setAutoCommit(false);
            blocker.createStatement().execute("select from candidates for update");
            rivals = IntStream.range(0, RIVALS)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> patch("new " + i, tag)))
                    .toList();
            await().until(() -> world.query(
                                    "select pid from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()")
                            .size()
                    == RIVALS);
            blocker.rollback();
        }
        List<Integer> statuses =
                rivals.stream().map(rival -> rival.join().statusCode()).sorted().toList();
        assertThat(statuses).startsWith(200).hasSize(RIVALS);
        assertThat(statuses.subList(1, RIVALS)).containsOnly(412);
        assertThat(world.query("select version from candidates")).containsExactly("2");
    }

    @Test
    void theOwnOrganizationHasATag() {
        HttpResponse<String> got = world.send(own.token(), "GET", "/organizations/" + own.id(), null);
        String rename = "{\"data\":{\"type\":\"organizations\",\"attributes\":{\"name\":\"%s\"}}}";
        String before = tag(got);
        assertThat(world.send(own.token(), "PATCH", "/organizations", rename.formatted("A"), "If-Match", before)
                        .statusCode())
                .isEqualTo(200);
        assertThat(world.send(own.token(), "PATCH", "/organizations", rename.formatted("B"), "If-Match", before)
                        .statusCode())
                .isEqualTo(412);
        assertThat(world.send(own.token(), "PATCH", "/candidates/" + UUID.randomUUID(), body(""), "If-Match", "*")
                        .statusCode())
                .isEqualTo(404);
    }
}
