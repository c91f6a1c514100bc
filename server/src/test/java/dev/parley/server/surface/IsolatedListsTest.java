package dev.parley.server.surface;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.platform.json.Json;
import dev.parley.server.platform.jsonapi.Filter;
import dev.parley.server.platform.jsonapi.Kind;
import dev.parley.server.platform.jsonapi.Operator;
import dev.parley.server.platform.jsonapi.Relation;
import dev.parley.server.platform.jsonapi.ResourceType;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Lists, their filters, cursors and includes show nothing of another organization. */
@NullUnmarked
class IsolatedListsTest extends IsolationCase {

    private static String path(ResourceType type) {
        return type.type().equals("organizations") ? "/organizations" : type.path();
    }

    private static JsonNode list(String path) {
        HttpResponse<String> answer = ask("GET", path, null);
        assertThat(answer.statusCode()).as("%s %s", path, answer.body()).isEqualTo(200);
        return Json.MAPPER.readTree(answer.body());
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @MethodSource("listed")
    void listsHoldWhatIsOnesOwn(ResourceType type) {
        String own = world.asking.ids.get(type.type());
        String others = world.other.ids.get(type.type());
        assertThat(Json.text(world.other.list(path(type)))).contains(others);
        for (String page : List.of("?page[size]=100", "?page[after]=", "?page[before]=", "?sort=createdAt")) {
            assertThat(Json.text(list(path(type) + page)))
                    .as(page)
                    .contains(own)
                    .doesNotContain(others);
        }
    }

    @ParameterizedTest
    @MethodSource("listed")
    void filtersByIdFindNothingOfAnother(ResourceType type) {
        for (Filter filter : type.filters().values()) {
            if (!(filter.kind() instanceof Kind.Id)) {
                continue;
            }
            for (String others : world.other.ids.values()) {
                String field = path(type) + "?filter[" + filter.field() + "]";
                JsonNode found = same(field, 200, others, id -> ask("GET", field + "=" + id, null));
                assertThat(found.path("data")).as(field).isEmpty();
                if (filter.operators().contains(Operator.IN)) {
                    same(field, 200, others, id -> ask("GET", field + "[in]=" + id, null));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("listed")
    void filtersByValueFindNothingOfAnother(ResourceType type) {
        JsonNode others = world.other.list(path(type)).path(0).path("attributes");
        for (Filter filter : type.filters().values()) {
            JsonNode value = others.path(filter.field());
            if (filter.kind() instanceof Kind.Text && value.isString()) {
                for (Operator operator : filter.operators()) {
                    if (operator == Operator.NULL || operator == Operator.NE) {
                        continue;
                    }
                    String query = "?filter[" + filter.field() + "][" + operator.text() + "]=";
                    String body = world.call(
                                    "GET", path(type) + query + encoded(value.stringValue()), world.asking.token, null)
                            .body();
                    // The links repeat what was asked for.
                    JsonNode document = Json.MAPPER.readTree(body);
                    assertThat(Json.text(document.path("data"))).as(query).doesNotContain(world.other.mark);
                    assertThat(document.has("data")).as(body).isTrue();
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("listed")
    void cursorsOfAnotherLeadNowhereNew(ResourceType type) {
        world.other.list(path(type));
        HttpResponse<String> theirs =
                world.call("GET", path(type) + "?page[after]=&page[size]=1", world.other.token, null);
        JsonNode links = Json.MAPPER.readTree(theirs.body()).path("links");
        for (String name : List.of("self", "next", "prev")) {
            if (links.path(name).isString()) {
                String link = links.path(name).stringValue();
                String below = link.substring(link.indexOf(World.BASE) + World.BASE.length());
                HttpResponse<String> answer = ask("GET", below, null);
                assertThat(answer.statusCode()).isIn(200, 400);
                assertThat(answer.body()).doesNotContain(world.other.ids.get(type.type()));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("listed")
    void includesShowNothingOfAnother(ResourceType type) {
        String one = path(type) + "/" + world.asking.ids.get(type.type());
        for (String include : paths(type, 3)) {
            for (String path : List.of(path(type), one)) {
                HttpResponse<String> answer = ask("GET", path + "?include=" + include, null);
                assertThat(answer.statusCode()).as("%s %s", path, include).isIn(200, 400);
                for (String id : world.other.ids.values()) {
                    assertThat(answer.body()).as("%s %s", path, include).doesNotContain(id);
                }
            }
        }
    }

    /** Paths of relationships, as they are declared; not all of them can be included. */
    private static List<String> paths(ResourceType type, int depth) {
        List<String> paths = new ArrayList<>();
        for (Relation relation : type.relations().values()) {
            paths.add(relation.name());
            if (depth > 1) {
                paths(world.type(relation.target()), depth - 1)
                        .forEach(more -> paths.add(relation.name() + "." + more));
            }
        }
        return paths;
    }

    @Test
    void eventsAreOnesOwn() {
        String all = Json.text(list("/events?page[size]=100"));
        assertThat(all).contains(world.asking.ids.get("messages"));
        for (String others : world.other.ids.values()) {
            assertThat(all).doesNotContain(others);
            JsonNode found = same(
                    "events of a thread", 200, others, id -> ask("GET", "/events?filter[messageThreadId]=" + id, null));
            assertThat(found.path("data")).isEmpty();
        }
        HttpResponse<String> theirs = world.call("GET", "/events?page[size]=1", world.other.token, null);
        String next = Json.MAPPER.readTree(theirs.body()).at("/links/next").asString();
        ask("GET", next.substring(next.indexOf(World.BASE) + World.BASE.length()), null);
    }
}
