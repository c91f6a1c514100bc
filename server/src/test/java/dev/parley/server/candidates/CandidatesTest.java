package dev.parley.server.candidates;

import static dev.parley.server.organizations.OrganizationWorld.errors;
import static dev.parley.server.organizations.OrganizationWorld.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.organizations.Made;
import dev.parley.server.organizations.OrganizationWorld;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@NullUnmarked
class CandidatesTest {

    private OrganizationWorld world;
    private Made own;
    private Made other;
    private String status;

    @BeforeEach
    void start() throws Exception {
        world = new OrganizationWorld();
        own = world.organization("Own");
        other = world.organization("Other");
        status = statusOf(own);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private String statusOf(Made organization) throws Exception {
        return world.query("select id from candidate_statuses where organization_id = '" + organization.id()
                        + "' and name = 'hired'")
                .getFirst();
    }

    private HttpResponse<String> post(Made by, String members) {
        return world.send(by.token(), "POST", "/candidates", "{\"data\":{\"type\":\"candidates\"," + members + "}}");
    }

    private HttpResponse<String> patch(String id, String members) {
        String body = "{\"data\":{\"type\":\"candidates\"," + members + "}}";
        return world.send(own.token(), "PATCH", "/candidates/" + id, body);
    }

    private String make(String phone) {
        return json(post(own, "\"attributes\":{\"phone\":\"" + phone + "\"}"))
                .at("/data/id")
                .stringValue();
    }

    @Test
    void makesACandidateAsDocumented() throws Exception {
        HttpResponse<String> answer = post(own, """
                "attributes":{"phone":"+31 6 0000 0001","firstName":"Ada","lastName":"Lovelace","email":"ada@example.com",
                "postalCode":"1011 AB","candidateStatusId":"%s"}""".formatted(status));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        JsonNode data = json(answer).get("data");
        assertThat(data.get("attributes").toString()).isEqualTo("""
                {"phone":"+31 6 0000 0001","firstName":"Ada","lastName":"Lovelace","email":"ada@example.com",\
                "postalCode":"1011 AB","candidateStatusId":"STATUS","deletedAt":null,\
                "createdAt":"2026-03-02T08:15:30+00:00","updatedAt":"2026-03-02T08:15:30+00:00"}""".replace("STATUS", status));
        assertThat(data.at("/relationships/candidateStatus/data/id").stringValue())
                .isEqualTo(status);
        assertThat(data.at("/relationships/organization/data/id").stringValue())
                .isEqualTo(own.id().toString());
        String id = data.get("id").stringValue();
        assertThat(UUID.fromString(id).version()).isEqualTo(7);
        assertThat(json(world.send(own.token(), "GET", "/candidates/" + id, null))
                        .get("data"))
                .isEqualTo(data);
        assertThat(
                        world.query(
                                "select state::jsonb->'attributes'->>'firstName' from events where resource_type = 'candidates'"))
                .containsExactly("Ada");
    }

    @Test
    void neverLooksAcrossOrganizations() throws Exception {
        String id = make("1");
        HttpResponse<String> foreign = world.send(other.token(), "GET", "/candidates/" + id, null);
        assertThat(foreign.statusCode()).isEqualTo(404);
        assertThat(foreign.body())
                .isEqualTo(world.send(other.token(), "GET", "/candidates/" + UUID.randomUUID(), null)
                        .body());
        assertThat(json(world.send(other.token(), "GET", "/candidates", null)).get("data"))
                .isEmpty();
        assertThat(world.send(other.token(), "DELETE", "/candidates/" + id, null)
                        .statusCode())
                .isEqualTo(404);
        assertThat(errors(post(other, "\"attributes\":{\"phone\":\"1\",\"candidateStatusId\":\"" + status + "\"}")))
                .containsExactly("404 related_not_found /data/attributes/candidateStatusId");
        String chosen = "\"id\":\"" + id + "\",\"attributes\":{\"phone\":\"1\"}";
        assertThat(post(other, chosen).statusCode()).isEqualTo(201);
        assertThat(errors(post(own, chosen))).containsExactly("409 id_taken /data/id");
    }

    @Test
    void changesWhatIsGivenAlone() throws Exception {
        String id = make("1");
        world.clock.advance(Duration.ofSeconds(10));
        HttpResponse<String> changed = patch(id, """
                "attributes":{"firstName":"Grace","phone":"1"},
                "relationships":{"candidateStatus":{"data":[{"type":"candidateStatuses","id":"%s"}]}}""".formatted(status));
        assertThat(changed.statusCode()).as(changed.body()).isEqualTo(200);
        JsonNode attributes = json(changed).at("/data/attributes");
        assertThat(attributes.get("firstName").stringValue()).isEqualTo("Grace");
        assertThat(attributes.get("candidateStatusId").stringValue()).isEqualTo(status);
        assertThat(attributes.get("phone").stringValue()).isEqualTo("1");
        assertThat(attributes.get("updatedAt").stringValue()).isEqualTo("2026-03-02T08:15:40+00:00");
        assertThat(json(patch(id, "\"attributes\":{\"firstName\":\"Grace\"}"))
                        .at("/data/meta/version")
                        .asInt())
                .isEqualTo(2);
        assertThat(world.query("select fields::text from events where event = 'update'"))
                .containsExactly("{firstName,candidateStatusId}");
        HttpResponse<String> cleared = patch(id, "\"attributes\":{\"firstName\":null,\"candidateStatusId\":null}");
        assertThat(json(cleared).at("/data/attributes/candidateStatusId").isNull())
                .isTrue();
        assertThat(errors(patch(id, "\"attributes\":{\"candidateStatusId\":\"" + statusOf(other) + "\"}")))
                .containsExactly("404 related_not_found /data/attributes/candidateStatusId");
        assertThat(errors(patch(
                        id,
                        "\"relationships\":{\"candidateStatus\":{\"data\":{\"type\":\"candidateStatuses\","
                                + "\"id\":\"" + UUID.randomUUID() + "\"}}}")))
                .containsExactly("404 related_not_found /data/relationships/candidateStatus/data/id");
        assertThat(errors(patch(id, "\"attributes\":{\"phone\":null}")))
                .containsExactly("422 invalid_value /data/attributes/phone");
    }

    @Test
    void hidesOnDelete() throws Exception {
        String hidden = make("1");
        String shown = make("1");
        assertThat(world.send(own.token(), "DELETE", "/candidates/" + hidden, null)
                        .statusCode())
                .isEqualTo(204);
        assertThat(world.send(own.token(), "GET", "/candidates/" + hidden, null).statusCode())
                .isEqualTo(404);
        assertThat(world.send(own.token(), "DELETE", "/candidates/" + hidden, null)
                        .statusCode())
                .isEqualTo(404);
        assertThat(patch(hidden, "\"attributes\":{\"phone\":\"2\"}").statusCode())
                .isEqualTo(404);
        JsonNode list = json(world.send(own.token(), "GET", "/candidates", null));
        assertThat(list.get("data")).hasSize(1);
        assertThat(list.at("/data/0/id").stringValue()).isEqualTo(shown);
        assertThat(list.at("/meta/total").asInt()).isEqualTo(1);
        assertThat(world.query("select deleted_at is not null from candidates order by id"))
                .containsExactly("t", "f");
        assertThat(world.query("select event from events where resource_id = '" + hidden + "' order by position"))
                .containsExactly("create", "delete");
    }

    @Test
    void listsTheNewestFirstOrAsAsked() {
        String first = make("1");
        world.clock.advance(Duration.ofSeconds(1));
        String second = make("2");
        String third = make("3");
        JsonNode newest = json(world.send(own.token(), "GET", "/candidates?page%5Bsize%5D=2", null));
        assertThat(newest.at("/data/0/id").stringValue()).isEqualTo(third);
        assertThat(newest.at("/data/1/id").stringValue()).isEqualTo(second);
        assertThat(newest.at("/meta/maxPage").asInt()).isEqualTo(2);
        String next = newest.at("/links/next").stringValue().substring("/public/v2".length());
        assertThat(json(world.send(own.token(), "GET", next, null))
                        .at("/data/0/id")
                        .stringValue())
                .isEqualTo(first);
        JsonNode oldest = json(world.send(own.token(), "GET", "/candidates?sort=createdAt", null));
        assertThat(oldest.at("/data/0/id").stringValue()).isEqualTo(first);
        assertThat(errors(post(own, "\"attributes\":{}"))).containsExactly("422 missing_member /data/attributes");
    }

    @Test
    void findsByStatusEmailAndLastName() throws Exception {
        String ada = json(post(own, """
                "attributes":{"phone":"1","lastName":"Lovelace","email":"ada@example.com","candidateStatusId":"%s"}""".formatted(status))).at("/data/id").stringValue();
        make("2");
        for (String filter : new String[] {
            "filter[candidateStatusId]=" + status, "filter[email]=ada@example.com", "filter[lastName]=Lovelace"
        }) {
            String query = filter.replace("[", "%5B").replace("]", "%5D");
            JsonNode found = json(world.send(own.token(), "GET", "/candidates?" + query, null));
            assertThat(found.get("data")).as(filter).hasSize(1);
            assertThat(found.at("/data/0/id").stringValue()).isEqualTo(ada);
            assertThat(found.at("/meta/totalUnfiltered").asInt()).isEqualTo(2);
            assertThat(json(world.send(other.token(), "GET", "/candidates?" + query, null))
                            .get("data"))
                    .isEmpty();
        }
    }
}
