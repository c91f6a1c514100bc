package dev.parley.server.candidates;

import static dev.parley.server.organizations.OrganizationWorld.errors;
import static dev.parley.server.organizations.OrganizationWorld.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

@NullUnmarked
class UsersTest extends UserCase {

    @Test
    void makesOneAsDocumented() throws Exception {
        HttpResponse<String> answer = world.send(own.token(), "POST", "/users/", """
                {"data":{"type":"users","attributes":{"firstName":"Grace","lastName":"Hopper","fullName":"text",
                "email":"grace@example.com","phone":"+31 6 2","timeZone":"europe/amsterdam","externalId":"17",
                "createdAt":"2024-05-07T14:20:46+00:00","updatedAt":"2024-05-07T14:20:46+00:00"}}}""");
        String id = idOf(answer, 201);
        JsonNode data = json(answer).get("data");
        assertThat(data.get("attributes").toString()).isEqualTo("""
                {"firstName":"Grace","lastName":"Hopper","fullName":"Grace Hopper","email":"grace@example.com",\
                "phone":"+31 6 2","timeZone":"Europe/Amsterdam","externalId":"17",\
                "createdAt":"2026-03-02T08:15:30+00:00","updatedAt":"2026-03-02T08:15:30+00:00"}""");
        assertThat(json(answer).at("/meta/ignored").toString()).contains("fullName", "createdAt", "updatedAt");
        assertThat(answer.headers().firstValue("Location")).hasValue("/public/v2/users/" + id);
        assertThat(data.at("/relationships/candidates/links/related").stringValue())
                .isEqualTo("/public/v2/candidates?filter%5BuserId%5D=" + id);
        assertThat(json(get(own, "/users/" + id)).get("data")).isEqualTo(data);
        assertThat(eventsOf(id)).containsExactly("create {}");
        JsonNode bare = json(post(own, ADA)).at("/data/attributes");
        assertThat(bare.get("timeZone").isNull()).isTrue();
        assertThat(bare.get("email").isNull()).isTrue();
    }

    @Test
    void changesWhatIsGivenAlone() throws Exception {
        String id = user(own, ADA);
        world.clock.advance(Duration.ofSeconds(10));
        HttpResponse<String> changed = patch(own, id, "\"attributes\":{\"timeZone\":\"Europe/Berlin\"}");
        assertThat(changed.statusCode()).as(changed.body()).isEqualTo(200);
        JsonNode attributes = json(changed).at("/data/attributes");
        assertThat(attributes.get("timeZone").stringValue()).isEqualTo("Europe/Berlin");
        assertThat(attributes.get("fullName").stringValue()).isEqualTo("Ada Byron");
        assertThat(attributes.get("updatedAt").stringValue()).isEqualTo("2026-03-02T08:15:40+00:00");
        patch(own, id, "\"attributes\":{\"lastName\":\"Lovelace\",\"timeZone\":null}");
        assertThat(json(patch(own, id, "\"attributes\":{\"lastName\":\"Lovelace\"}"))
                        .at("/data/meta/version")
                        .asInt())
                .as("nothing changed")
                .isEqualTo(3);
        assertThat(eventsOf(id))
                .containsExactly("create {}", "update {timeZone}", "update {lastName,fullName,timeZone}");
    }

    @ParameterizedTest
    @CsvSource({
        "Berlin, Europe/Berlin",
        "new york, America/New_York",
        "Europe/Amsterdm, Europe/Amsterdam",
        "Moon/Tranquility Base, ''",
        "+02:00, ''",
    })
    void namesTheNearestTimeZoneOrAnExample(String written, String nearest) {
        HttpResponse<String> answer = post(own, ADA.replace("}", ",\"timeZone\":\"" + written + "\"}"));
        assertThat(errors(answer)).containsExactly("422 invalid_value /data/attributes/timeZone");
        JsonNode error = json(answer).at("/errors/0");
        assertThat(error.at("/meta/nearest").asString("")).isEqualTo(nearest);
        assertThat(error.get("detail").stringValue()).contains(nearest.isEmpty() ? "such as Europe/" : nearest);
    }

    @Test
    void refusesWhatIsWrongByName() {
        assertThat(errors(post(own, "\"attributes\":{}")))
                .containsExactly("422 missing_member /data/attributes", "422 missing_member /data/attributes");
        assertThat(errors(
                        post(own, "\"attributes\":{\"firstName\":\"\",\"lastName\":1,\"timeZone\":2,\"mail\":\"x\"}")))
                .containsExactlyInAnyOrder(
                        "422 invalid_value /data/attributes/firstName",
                        "422 invalid_value /data/attributes/lastName",
                        "422 invalid_value /data/attributes/timeZone",
                        "422 unknown_attribute /data/attributes/mail");
        String id = user(own, ADA);
        assertThat(errors(patch(own, id, "\"attributes\":{\"firstName\":null,\"lastName\":null}")))
                .containsExactlyInAnyOrder(
                        "422 invalid_value /data/attributes/firstName", "422 invalid_value /data/attributes/lastName");
        assertThat(errors(post(own, "\"id\":\"" + id + "\"," + ADA))).containsExactly("409 id_taken /data/id");
        assertThat(user(other, "\"id\":\"" + id + "\"," + ADA)).isEqualTo(id);
    }

    @Test
    void listsByOrganizationExternalIdAndEmail() {
        String ada = user(own, ADA.replace("}", ",\"externalId\":\"17\",\"email\":\"ada@example.com\"}"));
        world.clock.advance(Duration.ofSeconds(1));
        String bea = user(own, ADA.replace("Ada", "Bea").replace("Byron", "Adams"));
        user(other, ADA);
        assertThat(listed("")).containsExactly(bea, ada);
        assertThat(listed("?sort=-lastName")).containsExactly(ada, bea);
        assertThat(listed("?sort=firstName")).containsExactly(ada, bea);
        assertThat(listed("?filter[organizationId]=" + own.id())).containsExactly(bea, ada);
        assertThat(listed("?filter[organizationId]=" + other.id())).isEmpty();
        assertThat(listed("?filter[externalId]=17")).containsExactly(ada);
        assertThat(listed("?filter[email]=ada@example.com")).containsExactly(ada);
        assertThat(listed("?filter[email]=Ada@example.com")).isEmpty();
        assertThat(get(own, "/users?filter[nickname]=1").statusCode()).isEqualTo(400);
    }

    private List<String> listed(String query) {
        return ids(json(get(own, "/users" + query)).get("data"));
    }

    @Test
    void isDeletedForGood() throws Exception {
        String candidate = candidate(own, "1");
        String id = user(own, ADA + "," + linking(candidate));
        assertThat(delete(own, "/users/" + id).statusCode()).isEqualTo(204);
        assertThat(delete(own, "/users/" + id).statusCode()).isEqualTo(404);
        assertThat(patch(own, id, ADA).statusCode()).isEqualTo(404);
        assertThat(world.query("select user_id from user_candidates union all select id from users"))
                .isEmpty();
        assertThat(get(own, "/candidates/" + candidate).statusCode()).isEqualTo(200);
        assertThat(eventsOf(id)).containsExactly("create {}", "delete {}");
    }

    @Test
    void neverLooksAcrossOrganizations() {
        String id = user(own, ADA);
        String missing = get(other, "/users/" + UUID.randomUUID()).body();
        for (HttpResponse<String> foreign :
                List.of(get(other, "/users/" + id), patch(other, id, ADA), delete(other, "/users/" + id))) {
            assertThat(foreign.statusCode()).isEqualTo(404);
            assertThat(foreign.body()).isEqualTo(missing);
        }
        assertThat(json(get(own, "/users/" + id)).at("/data/meta/version").asInt())
                .isOne();
    }

    @Test
    void isWrittenOnlyWhenUnchanged() {
        String id = user(own, ADA);
        String tag = get(own, "/users/" + id).headers().firstValue("ETag").orElseThrow();
        String body = "{\"data\":{\"type\":\"users\",\"attributes\":{\"firstName\":\"%s\"}}}";
        assertThat(world.send(own.token(), "PATCH", "/users/" + id, body.formatted("Bea"), "If-Match", tag)
                        .statusCode())
                .isEqualTo(200);
        assertThat(world.send(own.token(), "PATCH", "/users/" + id, body.formatted("Cy"), "If-Match", tag)
                        .statusCode())
                .isEqualTo(412);
        String made = "{\"data\":{\"type\":\"users\"," + ADA + "}}";
        HttpResponse<String> first = world.send(own.token(), "POST", "/users", made, "Idempotency-Key", "k");
        HttpResponse<String> again = world.send(own.token(), "POST", "/users", made, "Idempotency-Key", "k");
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.headers().firstValue("Idempotency-Replayed")).hasValue("true");
    }
}
