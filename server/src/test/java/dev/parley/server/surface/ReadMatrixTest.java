package dev.parley.server.surface;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.platform.http.Access;
import dev.parley.server.platform.http.HttpMethod;
import dev.parley.server.platform.http.Route;
import dev.parley.server.platform.jsonapi.ResourceType;
import dev.parley.server.platform.jsonapi.ResourceType.Method;
import java.net.http.HttpResponse;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Reading every resource: queries, includes, fields, tags, methods. */
@NullUnmarked
class ReadMatrixTest extends MatrixCase {

    @ParameterizedTest(name = "{0}")
    @MethodSource("listed")
    void listsRefuseByNameWhatThereIsNot(String name, ResourceType type) {
        for (String parameter : List.of(
                "include=nope",
                "sort=nope",
                "foo=1",
                "filter[nope]=1",
                "fields[nope]=a",
                "fields[" + name + "]=nope",
                "page[size]=0",
                "page[size]=101",
                "page[number]=0",
                "page[nope]=1",
                "page[after]=nonsense")) {
            HttpResponse<String> answer = send("GET", list(type) + "?" + parameter, null);
            assertThat(errors(answer)).as(parameter).containsExactly("400 " + parameter.replaceFirst("=.*", ""));
        }
        HttpResponse<String> all = send("GET", list(type) + "?foo=1&sort=nope&include=nope", null);
        assertThat(errors(all)).containsExactlyInAnyOrder("400 foo", "400 sort", "400 include");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("readable")
    void oneRefusesByNameWhatThereIsNot(String name, ResourceType type) {
        for (String parameter : List.of("include=nope", "sort=createdAt", "foo=1", "page[size]=1", "filter[id]=1")) {
            HttpResponse<String> answer = send("GET", one(type) + "?" + parameter, null);
            assertThat(errors(answer)).as(parameter).containsExactly("400 " + parameter.replaceFirst("=.*", ""));
        }
        assertThat(send("GET", list(type) + "/not-an-id", null).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("readable")
    void anEmptyIncludeIncludesNothing(String name, ResourceType type) {
        assertThat(ok(send("GET", one(type) + "?include=", null), 200)
                        .path("included")
                        .toString())
                .isEqualTo("[]");
        assertThat(ok(send("GET", one(type), null), 200).has("included")).isFalse();
        assertThat(ok(send("GET", list(type) + "?include=", null), 200)
                        .path("included")
                        .toString())
                .isEqualTo("[]");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("readable")
    void eachFieldCanBeAskedForAlone(String name, ResourceType type) {
        JsonNode whole = ok(send("GET", one(type), null), 200).path("data");
        assertThat(whole.path("attributes").propertyNames())
                .containsExactlyInAnyOrderElementsOf(type.attributes().keySet());
        for (String field : type.attributes().keySet()) {
            JsonNode data = ok(send("GET", one(type) + "?fields[" + name + "]=" + field, null), 200)
                    .path("data");
            assertThat(data.path("attributes").propertyNames()).containsExactly(field);
            assertThat(data.path("relationships").propertyNames()).isEmpty();
            assertThat(data.path("id")).isEqualTo(whole.path("id"));
        }
        for (String relation : type.relations().keySet()) {
            JsonNode data = ok(send("GET", one(type) + "?fields[" + name + "]=" + relation, null), 200)
                    .path("data");
            assertThat(data.path("attributes").propertyNames()).isEmpty();
            assertThat(data.path("relationships").propertyNames()).containsExactly(relation);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("readable")
    void whatIsUnchangedIsNotSentAgain(String name, ResourceType type) {
        HttpResponse<String> first = send("GET", one(type), null);
        String tag = first.headers().firstValue("ETag").orElseThrow();
        HttpResponse<String> again = send("GET", one(type), null, "If-None-Match", tag);
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(send("GET", one(type), null, "If-None-Match", "\"other\"").statusCode())
                .isEqualTo(200);
        HttpResponse<String> head = send("HEAD", one(type), null);
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(head.headers().firstValue("ETag")).hasValue(tag);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("listed")
    void everySortAndATrailingSlashAreTaken(String name, ResourceType type) {
        for (String field : type.sorts().keySet()) {
            for (String sort : List.of(field, "-" + field)) {
                JsonNode page = ok(send("GET", list(type) + "/?page[size]=1&sort=" + sort, null), 200);
                assertThat(page.path("data").size()).isEqualTo(1);
                assertThat(page.at("/meta/currentSize").asInt()).isEqualTo(1);
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("listed")
    void otherMethodsAreRefusedWithThoseThatThereAre(String name, ResourceType type) {
        HttpResponse<String> answer = send("PUT", list(type), "{}");
        assertThat(answer.statusCode()).isEqualTo(405);
        String allowed = answer.headers().firstValue("Allow").orElseThrow();
        assertThat(allowed).contains("GET", "HEAD", "OPTIONS").doesNotContain("PUT");
        assertThat(allowed.contains("POST"))
                .isEqualTo(type.methods().contains(Method.CREATE) && !name.equals("organizations"));
        if (!type.methods().contains(Method.UPDATE)) {
            assertThat(send("PATCH", one(type), "{}").statusCode()).isEqualTo(405);
        }
        if (!type.methods().contains(Method.DELETE)) {
            assertThat(send("DELETE", one(type), null).statusCode()).isEqualTo(405);
        }
    }

    @Test
    void everyPathRefusesByNameAParameterThatThereIsNot() {
        for (Route route : world.server.routes()) {
            String path = route.template()
                    .substring(Math.min(World.BASE.length(), route.template().length()));
            boolean known = route.template().startsWith(World.BASE)
                    && (path.startsWith("/management/") || world.typeAt(path).isPresent() || !path.contains("{"));
            // A stream would not end where it began.
            if (!known || route.access() == Access.PUBLIC || route.tickets() != null) {
                continue;
            }
            String id = path.startsWith("/management/")
                    ? world.asking.id
                    : world.asking.ids.get(
                            world.typeAt(path).map(ResourceType::type).orElse(""));
            String token = route.access() == Access.PARTNER ? World.PARTNER : world.asking.token;
            HttpResponse<String> answer = world.call(
                    route.method().name(),
                    path.replaceAll("\\{[^}]*}", String.valueOf(id)) + "?foo=1",
                    token,
                    route.method() == HttpMethod.GET ? null : "{}");
            // What is never served or never changed needs no look at how it was asked for.
            if (!List.of("not_served", "relationship_read_only")
                    .contains(json(answer).at("/errors/0/code").asString(""))) {
                assertThat(errors(answer))
                        .as("%s %s", route.method(), route.template())
                        .contains("400 foo");
            }
        }
    }
}
