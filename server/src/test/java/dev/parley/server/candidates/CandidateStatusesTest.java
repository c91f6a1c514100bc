package dev.parley.server.candidates;

import static dev.parley.server.organizations.OrganizationWorld.errors;
import static dev.parley.server.organizations.OrganizationWorld.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.organizations.Made;
import dev.parley.server.organizations.OrganizationWorld;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@NullUnmarked
class CandidateStatusesTest {

    private OrganizationWorld world;
    private Made own;
    private Made other;

    @BeforeEach
    void start() throws Exception {
        world = new OrganizationWorld();
        own = world.organization("Own");
        other = world.organization("Other");
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private HttpResponse<String> post(Made by, String attributes) {
        return world.send(by.token(), "POST", "/candidate-statuses", document(attributes));
    }

    private HttpResponse<String> patch(Made by, String id, String attributes) {
        return world.send(by.token(), "PATCH", "/candidate-statuses/" + id, document(attributes));
    }

    private HttpResponse<String> delete(Made by, String id) {
        return world.send(by.token(), "DELETE", "/candidate-statuses/" + id, null);
    }

    private static String document(String attributes) {
        return "{\"data\":{\"type\":\"candidateStatuses\",\"attributes\":{" + attributes + "}}}";
    }

    private String make(String name) {
        HttpResponse<String> made = post(own, "\"name\":\"" + name + "\"");
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        return json(made).at("/data/id").stringValue();
    }

    private String candidateWith(String status) {
        HttpResponse<String> made = world.send(own.token(), "POST", "/candidates", """
                {"data":{"type":"candidates","attributes":{"phone":"1","candidateStatusId":"%s"}}}""".formatted(status));
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        return json(made).at("/data/id").stringValue();
    }

    private List<String> names(Made by) {
        JsonNode list = json(world.send(by.token(), "GET", "/candidate-statuses?sort=position", null));
        return StreamSupport.stream(list.get("data").spliterator(), false)
                .map(s -> s.at("/attributes/name").stringValue())
                .toList();
    }

    private List<String> eventsOf(String id) throws Exception {
        return world.query(
                "select event || ' ' || coalesce(fields::text, '{}') || ' ' || coalesce(state::jsonb->'attributes'->>'name', '-')"
                        + " from events where resource_type = 'candidateStatuses' and resource_id = '" + id
                        + "' order by position");
    }

    @Test
    void makesOneAfterTheLast() throws Exception {
        HttpResponse<String> answer = post(own, "\"name\":\"interview\"");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        JsonNode data = json(answer).get("data");
        assertThat(data.get("attributes").toString()).isEqualTo("""
                {"name":"interview","position":5,\
                "createdAt":"2026-03-02T08:15:30+00:00","updatedAt":"2026-03-02T08:15:30+00:00"}""");
        String id = data.get("id").stringValue();
        assertThat(answer.headers().firstValue("Location")).hasValue("/public/v2/candidate-statuses/" + id);
        assertThat(json(world.send(own.token(), "GET", "/candidate-statuses/" + id, null))
                        .get("data"))
                .isEqualTo(data);
        assertThat(post(own, "\"name\":\"first\",\"position\":1").statusCode()).isEqualTo(201);
        assertThat(names(own))
                .containsExactlyInAnyOrder("new", "first", "in progress", "hired", "rejected", "interview");
        assertThat(names(own).subList(0, 2)).containsExactlyInAnyOrder("new", "first");
        assertThat(names(own).getLast()).isEqualTo("interview");
        assertThat(eventsOf(id)).containsExactly("create {} interview");
    }

    @Test
    void changesNameAndPlace() throws Exception {
        String id = make("interview");
        world.clock.advance(Duration.ofSeconds(10));
        JsonNode changed = json(patch(own, id, "\"name\":\"Interview\",\"position\":2"));
        assertThat(changed.at("/data/attributes/name").stringValue()).isEqualTo("Interview");
        assertThat(changed.at("/data/attributes/position").asInt()).isEqualTo(2);
        assertThat(changed.at("/data/attributes/updatedAt").stringValue()).isEqualTo("2026-03-02T08:15:40+00:00");
        assertThat(json(patch(own, id, "\"name\":\"Interview\""))
                        .at("/data/meta/version")
                        .asInt())
                .as("nothing changed")
                .isEqualTo(2);
        assertThat(eventsOf(id)).containsExactly("create {} interview", "update {name,position} Interview");
    }

    @Test
    void refusesWhatIsWrongByName() {
        assertThat(errors(post(own, ""))).containsExactly("422 missing_member /data/attributes");
        assertThat(errors(post(own, "\"name\":\"\",\"position\":0")))
                .containsExactlyInAnyOrder(
                        "422 invalid_value /data/attributes/name", "422 invalid_value /data/attributes/position");
        String id = make("interview");
        assertThat(errors(patch(own, id, "\"name\":null,\"position\":null")))
                .containsExactlyInAnyOrder(
                        "422 invalid_value /data/attributes/name", "422 invalid_value /data/attributes/position");
        assertThat(errors(patch(own, id, "\"colour\":\"red\"")))
                .containsExactly("422 unknown_attribute /data/attributes/colour");
        String taken = """
                {"data":{"type":"candidateStatuses","id":"%s","attributes":{"name":"other"}}}""".formatted(id);
        assertThat(errors(world.send(own.token(), "POST", "/candidate-statuses", taken)))
                .containsExactly("409 id_taken /data/id");
    }

    @Test
    void hasEachNameOnceInAnOrganization() {
        String id = make("interview");
        HttpResponse<String> again = post(own, "\"name\":\"INTERVIEW\"");
        assertThat(errors(again)).containsExactly("409 candidate_status_exists /data/attributes/name");
        assertThat(json(again).at("/errors/0/meta/id").stringValue()).isEqualTo(id);
        assertThat(errors(patch(own, id, "\"name\":\"Hired\"")))
                .containsExactly("409 candidate_status_exists /data/attributes/name");
        assertThat(post(other, "\"name\":\"interview\"").statusCode()).isEqualTo(201);
    }

    @Test
    void hasABound() {
        for (int i = 4; i < OrganizationWorld.MOST_STATUSES; i++) {
            make("status " + i);
        }
        assertThat(errors(post(own, "\"name\":\"one more\""))).containsExactly("409 too_many_candidate_statuses ");
        assertThat(post(other, "\"name\":\"one more\"").statusCode()).isEqualTo(201);
    }

    @Test
    void deletesOneThatNobodyHas() throws Exception {
        String id = make("interview");
        List<String> seen = List.of(candidateWith(id), candidateWith(id));
        String hidden = candidateWith(id);
        world.send(own.token(), "DELETE", "/candidates/" + hidden, null);
        HttpResponse<String> used = delete(own, id);
        assertThat(errors(used)).containsExactly("409 candidate_status_in_use ");
        assertThat(json(used).at("/errors/0/meta/candidates").asInt()).isEqualTo(2);
        assertThat(names(own)).contains("interview");
        String none = "{\"data\":{\"type\":\"candidates\",\"attributes\":{\"candidateStatusId\":null}}}";
        for (String candidate : seen) {
            assertThat(world.send(own.token(), "PATCH", "/candidates/" + candidate, none)
                            .statusCode())
                    .isEqualTo(200);
        }
        assertThat(delete(own, id).statusCode()).isEqualTo(204);
        assertThat(delete(own, id).statusCode()).isEqualTo(404);
        assertThat(world.query("select count(*) from candidates where candidate_status_id is not null"))
                .as("hidden ones forget it")
                .containsExactly("0");
        assertThat(eventsOf(id)).containsExactly("create {} interview", "delete {} -");
    }

    @Test
    void neverLooksAcrossOrganizations() {
        String id = make("interview");
        String missing = world.send(other.token(), "GET", "/candidate-statuses/" + UUID.randomUUID(), null)
                .body();
        for (HttpResponse<String> foreign : List.of(
                world.send(other.token(), "GET", "/candidate-statuses/" + id, null),
                patch(other, id, "\"name\":\"x\""),
                delete(other, id))) {
            assertThat(foreign.statusCode()).isEqualTo(404);
            assertThat(foreign.body()).isEqualTo(missing);
        }
        assertThat(names(other)).containsExactly("new", "in progress", "hired", "rejected");
        assertThat(names(own)).contains("interview");
    }

    @Test
    void canBeSubscribedTo() {
        HttpResponse<String> webhook = world.send(own.token(), "POST", "/webhooks", """
                {"data":{"type":"webhooks","attributes":{"resource":"candidateStatuses","event":"update",
                "fields":["name"],"webhookUrl":"https://example.com/hook"}}}""");
        assertThat(webhook.statusCode()).as(webhook.body()).isEqualTo(201);
    }
}
