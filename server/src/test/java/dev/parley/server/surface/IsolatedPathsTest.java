package dev.parley.server.surface;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.platform.http.Access;
import dev.parley.server.platform.http.HttpMethod;
import dev.parley.server.platform.http.Route;
import dev.parley.server.platform.json.Json;
import dev.parley.server.platform.jsonapi.Relation;
import dev.parley.server.platform.jsonapi.ResourceType;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** Every route that the server has, by whom it is not for, and with another organization's id in its path. */
@NullUnmarked
class IsolatedPathsTest extends IsolationCase {

    private static final String NONE = "01919a1c-0001-7c11-8a44-1f2e3d4c5b6a";

    /** Open to everybody; the first looks at the provider's signature. */
    private static final Set<String> PUBLIC = Set.of(
            "/callbacks/{provider}/{accountId}",
            "/openapi.yaml",
            "/docs",
            "/docs/docs.js",
            "/docs/docs.css",
            "/docs/swagger-ui.css",
            "/docs/swagger-ui-bundle.js",
            "/docs/favicon.png");

    /** Routes without an id that are no resource's own; each with the test of this package that asks for others' things. */
    private static final Map<String, String> SPECIAL = Map.of(
            "POST /messages/bulk", "IsolatedRelationsTest",
            "POST /operations", "IsolatedRelationsTest",
            "GET /events", "IsolatedListsTest",
            "GET /events/stream", "IsolatedListsTest",
            "POST /events/tickets", "takes nothing",
            "POST /organizations/rotate-signing-secret", "takes nothing");

    private static List<Route> routes(Access access) {
        List<Route> routes = world.server.routes().stream()
                .filter(route -> route.access() == access)
                .toList();
        assertThat(routes).isNotEmpty();
        return routes;
    }

    private static String below(Route route) {
        return route.template().substring(World.BASE.length());
    }

    private static HttpResponse<String> call(Route route, String id, String token, String body) {
        return clean(world.call(route.method().name(), below(route).replaceAll("\\{[^}]*}", id), token, body));
    }

    private static HttpResponse<String> call(Route route, String token) {
        return call(route, NONE, token, route.method() == HttpMethod.GET ? null : "{}");
    }

    private static boolean served(Route route) {
        // A stream would not end.
        return route.tickets() != null
                || !call(route, world.asking.token).body().contains("\"not_served\"");
    }

    @Test
    void publicRoutesAreThoseThatAreMeantToBe() {
        for (Route route : routes(Access.PUBLIC)) {
            assertThat(PUBLIC).as("Should %s be public?", route.template()).contains(route.template());
        }
    }

    @Test
    void noRouteIsForWhoHasNoTokenOrAnUnknownOne() {
        for (Access access : List.of(Access.ORGANIZATION, Access.PARTNER)) {
            for (Route route : routes(access)) {
                for (String token : new String[] {null, "org_unknown-token-0123456789", World.PARTNER + "x"}) {
                    HttpResponse<String> answer = call(route, token);
                    assertThat(answer.statusCode()).as("%s", route).isEqualTo(401);
                    assertThat(answer.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
                }
            }
        }
    }

    @Test
    void noRouteIsForTheWrongKindOfToken() {
        for (Route route : routes(Access.ORGANIZATION)) {
            assertThat(call(route, World.PARTNER).statusCode()).as("%s", route).isEqualTo(403);
        }
        for (Route route : routes(Access.PARTNER)) {
            for (String id : List.of(NONE, world.other.id, world.asking.id)) {
                HttpResponse<String> answer = call(route, id, world.asking.token, null);
                assertThat(answer.statusCode()).as("%s", route).isEqualTo(403);
            }
        }
    }

    @Test
    void aTicketOpensTheStreamAlone() {
        HttpResponse<String> made = ask("POST", "/events/tickets", null);
        String ticket =
                Json.MAPPER.readTree(made.body()).at("/data/attributes/ticket").asString();
        assertThat(ticket).isNotEmpty();
        List<String> opened = new ArrayList<>();
        for (Route route : routes(Access.ORGANIZATION)) {
            if (route.tickets() != null) {
                opened.add(route.method() + " " + below(route));
                continue;
            }
            String path = below(route).replaceAll("\\{[^}]*}", NONE) + "?ticket=" + ticket;
            assertThat(world.call(route.method().name(), path, null, null).statusCode())
                    .as("%s", route)
                    .isEqualTo(401);
        }
        assertThat(opened).containsExactly("GET /events/stream");
    }

    @Test
    void idsOfAnotherOrganizationInAPathAreIdsThatNeverWere() {
        int asked = 0;
        for (Route route : routes(Access.ORGANIZATION)) {
            String path = below(route);
            if (!path.contains("{") || !served(route)) {
                continue;
            }
            assertThat(path.replaceFirst("\\{id}", ""))
                    .as("this test does not know what belongs into %s", route.template())
                    .doesNotContain("{");
            ResourceType type = world.typeAt(path)
                    .orElseThrow(
                            () -> new AssertionError("this test does not know whose id " + path + " has: " + route));
            Relation relation = linked(path, type);
            boolean fixed = route.method() != HttpMethod.GET && relation != null && !relation.canChange();
            String body = relation == null ? body(route, type) : linkage(relation);
            same(
                    route.method() + " " + path,
                    fixed ? 403 : 404,
                    world.other.ids.get(type.type()),
                    id -> call(route, id, world.asking.token, route.method() == HttpMethod.GET ? null : body));
            asked++;
        }
        assertThat(asked).isGreaterThan(25);
    }

    /** The relationship whose linkage a path is for, or null. */
    private static Relation linked(String path, ResourceType type) {
        int at = path.indexOf("/relationships/");
        return at < 0 ? null : type.relations().get(World.relation(path));
    }

    private static String linkage(Relation relation) {
        String one =
                "{\"type\":\"" + relation.target() + "\",\"id\":\"" + world.asking.ids.get(relation.target()) + "\"}";
        return "{\"data\":" + (relation instanceof Relation.ToMany ? "[" + one + "]" : one) + "}";
    }

    private static String body(Route route, ResourceType type) {
        return switch (route.method()) {
            case PATCH -> world.asking.update(type);
            case POST -> below(route).endsWith("/redeliver") ? "{\"meta\":{\"since\":\"2026-01-01T00:00:00Z\"}}" : null;
            case GET, PUT, DELETE -> null;
        };
    }

    @Test
    void eachRouteWithoutAnIdIsKnownToATest() {
        for (Route route : routes(Access.ORGANIZATION)) {
            String path = below(route);
            if (!path.contains("{") && served(route)) {
                boolean own = world.server.types().stream()
                                .anyMatch(type -> type.path().equals(path))
                        || path.equals("/organizations");
                assertThat(own || SPECIAL.containsKey(route.method() + " " + path))
                        .as("ask for others' things by %s in a test of this package, and name it here", route)
                        .isTrue();
            }
        }
    }

    @Test
    void anETagOfAnotherOrganizationOpensNothing() {
        changed().filter(type -> !type.type().equals("organizations")).forEach(type -> {
            String path = type.path() + "/" + world.other.ids.get(type.type());
            String tag = world.call("GET", path, world.other.token, null)
                    .headers()
                    .firstValue("ETag")
                    .orElseThrow();
            assertThat(ask("GET", path, null, "If-None-Match", tag).statusCode())
                    .isEqualTo(404);
            assertThat(ask("PATCH", path, world.asking.update(type), "If-Match", tag)
                            .statusCode())
                    .as(path)
                    .isEqualTo(404);
        });
        assertThat(ask("GET", "/messages/" + UUID.randomUUID(), null).statusCode())
                .isEqualTo(404);
    }
}
