package dev.parley.server.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.platform.http.Access;
import dev.parley.server.platform.http.HttpMethod;
import dev.parley.server.platform.http.Route;
import dev.parley.server.platform.json.Json;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Whatever link an answer to the partner prints, the partner's token can follow it. */
@NullUnmarked
class PartnerLinksTest {

    private static final String PARTNER = "pp_partner-links-token-012345678";
    private static final String BASE = "/public/v2";
    private static final String MANAGED = "/management/organizations";

    private static RunningServer server;

    private final Set<String> links = new TreeSet<>();
    private final Set<String> asked = new TreeSet<>();

    @BeforeAll
    static void start(@TempDir Path folder) {
        server = new RunningServer(folder.resolve("data"), PARTNER);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** @param template of the path, as it is routed, with one id or two */
    private JsonNode routed(String method, String template, String body, String... ids) {
        asked.add(method + " " + template);
        String path = template;
        for (String id : ids) {
            path = path.replaceFirst("\\{[^}]*}", id);
        }
        return ask(method, path, body);
    }

    private JsonNode ask(String method, String path, String body) {
        HttpResponse<String> answer = server.api(method, path, PARTNER, body);
        assertThat(answer.statusCode() / 100)
                .as(method + " " + path + answer.body())
                .isEqualTo(2);
        answer.headers().firstValue("Location").ifPresent(links::add);
        if (answer.body().isEmpty()) {
            return Json.MAPPER.createObjectNode();
        }
        JsonNode document = Json.MAPPER.readTree(answer.body());
        note(document);
        return document.path("data");
    }

    private void note(JsonNode node) {
        node.path("links").forEach(link -> {
            if (!link.isNull()) {
                links.add(link.stringValue());
            }
        });
        node.forEach(this::note);
    }

    private static String document(String type, Map<String, ?> attributes) {
        return Json.text(Map.of("data", Map.of("type", type, "attributes", attributes)));
    }

    private static Set<String> served(HttpMethod... methods) {
        return server.routes().stream()
                .filter(route -> route.access() == Access.PARTNER)
                .filter(route -> List.of(methods).contains(route.method()))
                .map(PartnerLinksTest::named)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String named(Route route) {
        return route.method() + " " + route.template().substring(BASE.length());
    }

    @Test
    void eachLinkOfEachAnswerCanBeFollowed() {
        String gone = ask("POST", MANAGED, document("organizations", Map.of("name", "Gone")))
                .path("id")
                .stringValue();
        server.api("DELETE", MANAGED + "/" + gone, PARTNER, null);
        links.clear();
        asked.clear();
        String one = MANAGED + "/{id}";
        String tokens = MANAGED + "/{organizationId}/tokens";
        String own = id(routed("POST", MANAGED, document("organizations", Map.of("name", "Own"))));
        routed("POST", MANAGED, document("organizations", Map.of("name", "Other")));
        routed("PATCH", one, document("organizations", Map.of("name", "Own one")), own);
        routed("POST", "/management/refresh-token/{organizationId}", null, own);
        Map<String, Object> token = Map.of("name", "Reports", "scopes", List.of("read"));
        String made = id(routed("POST", tokens, document("tokens", token), own));
        routed("PATCH", tokens + "/{id}", document("tokens", Map.of("name", "Lists")), own, made);
        assertThat(asked).containsExactlyElementsOf(served(HttpMethod.POST, HttpMethod.PATCH));

        routed("GET", MANAGED, null);
        routed("GET", one, null, own);
        routed("GET", tokens, null, own);
        routed("GET", tokens + "/{id}", null, own, made);
        String entry = routed("GET", "/management/audit-entries", null)
                .path(0)
                .path("id")
                .stringValue();
        routed("GET", "/management/audit-entries/{id}", null, entry);
        assertThat(asked).containsExactlyElementsOf(served(HttpMethod.POST, HttpMethod.PATCH, HttpMethod.GET));
        for (String list : List.of(MANAGED, MANAGED + "/" + own + "/tokens", "/management/audit-entries")) {
            ask("GET", list + "?page%5Bsize%5D=1", null);
            ask("GET", list + "?page%5Bsize%5D=1&page%5Bafter%5D=", null);
        }
        assertThat(links).hasSizeGreaterThan(15);
        for (String link : Set.copyOf(links)) {
            assertThat(link).startsWith(BASE + "/management/");
            ask("GET", link.substring(BASE.length()), null);
        }
    }

    private static String id(JsonNode data) {
        return data.path("id").stringValue();
    }

    @Test
    void anOrganizationWithoutItsUsersCanBeWrittenWithThem() {
        JsonNode made = ask("POST", MANAGED, document("organizations", Map.of("name", "Own")));
        assertThat(made.has("relationships")).isFalse();
        String path = MANAGED + "/" + id(made);
        assertThat(ask("GET", path + "?fields%5Borganizations%5D=users", null).has("relationships"))
                .isFalse();
        // As its own token reads it, and as clients send back what they read.
        JsonNode own = Json.MAPPER
                .readTree(server.api(
                                "GET",
                                "/organizations",
                                made.at("/attributes/token").stringValue(),
                                null)
                        .body())
                .at("/data/0");
        assertThat(own.at("/relationships/users/links/related").stringValue()).contains("/users?filter");
        HttpResponse<String> written = server.api("PATCH", path, PARTNER, Json.text(Map.of("data", own)));
        assertThat(written.statusCode()).as(written.body()).isEqualTo(200);
    }
}
