package dev.parley.server.candidates;

import static dev.parley.server.organizations.OrganizationWorld.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.organizations.Made;
import dev.parley.server.organizations.OrganizationWorld;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import tools.jackson.databind.JsonNode;

/** Two organizations with users and candidates. */
@NullUnmarked
abstract class UserCase {

    static final String ADA = "\"attributes\":{\"firstName\":\"Ada\",\"lastName\":\"Byron\"}";

    OrganizationWorld world;
    Made own;
    Made other;

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

    HttpResponse<String> post(Made by, String members) {
        return world.send(by.token(), "POST", "/users", "{\"data\":{\"type\":\"users\"," + members + "}}");
    }

    HttpResponse<String> patch(Made by, String id, String members) {
        return world.send(by.token(), "PATCH", "/users/" + id, "{\"data\":{\"type\":\"users\"," + members + "}}");
    }

    HttpResponse<String> get(Made by, String path) {
        return world.send(by.token(), "GET", path.replace("[", "%5B").replace("]", "%5D"), null);
    }

    HttpResponse<String> delete(Made by, String path) {
        return world.send(by.token(), "DELETE", path, null);
    }

    String user(Made by, String members) {
        return idOf(post(by, members), 201);
    }

    String candidate(Made by, String phone) {
        return idOf(world.send(by.token(), "POST", "/candidates", """
                        {"data":{"type":"candidates","attributes":{"phone":"%s"}}}""".formatted(phone)), 201);
    }

    static String idOf(HttpResponse<String> answer, int status) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return json(answer).at("/data/id").stringValue();
    }

    /** The member relationships with these candidates. */
    static String linking(String... candidates) {
        return "\"relationships\":{\"candidates\":{\"data\":["
                + Arrays.stream(candidates)
                        .map(id -> "{\"type\":\"candidates\",\"id\":\"" + id + "\"}")
                        .collect(Collectors.joining(","))
                + "]}}";
    }

    /** Ids of a list or of a relationship's data. */
    static List<String> ids(JsonNode data) {
        return StreamSupport.stream(data.spliterator(), false)
                .map(one -> one.get("id").stringValue())
                .toList();
    }

    /** Those assigned, as the link of the relationship lists them. */
    List<String> assigned(Made by, String user) {
        String related = json(get(by, "/users/" + user))
                .at("/data/relationships/candidates/links/related")
                .stringValue();
        return ids(json(get(by, related.substring("/public/v2".length()))).get("data"));
    }

    List<String> eventsOf(String id) throws Exception {
        return world.query("select event || ' ' || coalesce(fields::text, '{}') from events"
                + " where resource_type = 'users' and resource_id = '" + id + "' order by position");
    }
}
