package dev.parley.server.wiring;

import static dev.parley.server.wiring.CompoundDocuments.ids;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.openapi.OpenApiDocument;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What every relation that a resource shows leads to, at its two paths and by the links that answers print. */
@NullUnmarked
class RelationshipsTest extends RelationshipsCase {

    private static final Set<String> WRITABLE = Set.of(
            "/message-threads/{id}/relationships/candidate",
            "/candidates/{id}/relationships/candidateStatus",
            "/candidates/{id}/relationships/candidate-status",
            "/users/{id}/relationships/candidates");

    /** @param spelling of the name, in its address */
    private record Shown(String resource, String name, String spelling, JsonNode relation) {

        String linkage() {
            return resource + "/relationships/" + spelling;
        }

        String related() {
            return resource + "/" + kebab(name);
        }

        String template() {
            return linkage().replaceFirst("/[-0-9a-f]{36}/", "/{id}/");
        }
    }

    private static List<Shown> all() {
        List<Shown> all = new ArrayList<>();
        for (String resource : RESOURCES) {
            JsonNode data = answered(get(resource)).get("data");
            for (Map.Entry<String, JsonNode> relation :
                    data.get("relationships").properties()) {
                String name = relation.getKey();
                Stream.of(name, kebab(name))
                        .distinct()
                        .forEach(spelling -> all.add(new Shown(resource, name, spelling, relation.getValue())));
            }
        }
        return all;
    }

    private static String kebab(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    private static List<String> identifiers(JsonNode data) {
        List<JsonNode> all = new ArrayList<>();
        if (data.isArray()) {
            data.forEach(all::add);
        } else if (!data.isNull()) {
            all.add(data);
        }
        return all.stream()
                .map(one -> one.get("type").stringValue() + " " + one.get("id").stringValue())
                .toList();
    }

    @Test
    void eachIsDocumentedAndNoOther() {
        Set<String> documented = OpenApiDocument.read().paths().stream()
                .map(item -> item.template().replaceFirst("^/public/v2", ""))
                .filter(template -> template.contains("/relationships/"))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> shown = all().stream().map(Shown::template).collect(Collectors.toCollection(TreeSet::new));
        assertThat(shown).isEqualTo(documented);
    }

    @Test
    void eachLeadsWhereItsLinksLead() {
        for (Shown shown : all()) {
            JsonNode linkage = answered(get(shown.linkage()));
            JsonNode related = answered(get(shown.related()));
            assertThat(identifiers(linkage.get("data")))
                    .as(shown.linkage())
                    .hasSize(1)
                    .isEqualTo(identifiers(related.get("data")));
            assertThat(linkage.path("meta")).isEqualTo(related.path("meta"));
            if (shown.relation().has("data")) {
                assertThat(linkage.get("data")).isEqualTo(shown.relation().get("data"));
            }
            String printed = shown.relation().at("/links/related").stringValue();
            assertThat(follow(printed).get("data")).as(printed).isEqualTo(related.get("data"));
            assertThat(follow(linkage.at("/links/related").stringValue()).get("data"))
                    .isEqualTo(related.get("data"));
            assertThat(follow(linkage.at("/links/self").stringValue()).get("data"))
                    .isEqualTo(linkage.get("data"));
            assertThat(answered(get(shown.resource() + "/" + shown.name())).get("data"))
                    .isEqualTo(related.get("data"));
            assertThat(send("HEAD", shown.linkage(), null).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void eachCanBeIncludedWithWhatItLinksTo() {
        for (Shown shown : all()) {
            JsonNode document = answered(get(shown.linkage() + "?include=" + shown.name()));
            assertThat(identifiers(document.get("included")))
                    .as(shown.linkage())
                    .isEqualTo(identifiers(document.get("data")));
            assertThat(answered(get(shown.linkage() + "?include=")).get("included"))
                    .isEmpty();
        }
        JsonNode far = answered(get("/messages/" + RESOURCES.get(5).substring(10)
                + "/relationships/messageThread?include=messageThread.candidate&fields[candidates]=phone"));
        assertThat(ids(far.get("included"))).containsExactly(thread, candidate);
        assertThat(far.at("/included/1/attributes").propertyNames()).containsExactly("phone");
    }

    @Test
    void eachIsAsGoodAsMissingForAnotherOrganization() {
        String nobody = UUID.randomUUID().toString();
        for (Shown shown : all()) {
            String id = shown.resource().substring(shown.resource().lastIndexOf('/') + 1);
            for (String path : List.of(shown.linkage(), shown.related())) {
                HttpResponse<String> missing = get(path.replace(id, nobody));
                HttpResponse<String> foreign = server.api("GET", path, otherToken, null);
                assertThat(errors(missing)).as(path).containsExactly("404 not_found");
                assertThat(json(foreign).get("errors")).isEqualTo(json(missing).get("errors"));
                assertThat(errors(get(path.replace(id, "x")))).containsExactly("404 not_found");
            }
            String linkage =
                    shown.relation().has("data") ? shown.relation().get("data").toString() : "[]";
            String foreign = errors(server.api("PATCH", shown.linkage(), otherToken, data(linkage)))
                    .getFirst();
            assertThat(foreign).isIn("404 not_found", "403 relationship_read_only");
        }
    }

    @Test
    void eachThatIsReadOnlySaysSo() {
        Set<String> writable = new LinkedHashSet<>();
        for (Shown shown : all()) {
            boolean many = answered(get(shown.linkage())).get("data").isArray();
            for (String method : many ? List.of("PATCH", "POST", "DELETE") : List.of("PATCH")) {
                List<String> errors = errors(send(method, shown.linkage(), "{}"));
                if (errors.equals(List.of("422 missing_member "))) {
                    writable.add(shown.template());
                } else {
                    assertThat(errors).as(method + " " + shown.linkage()).containsExactly("403 relationship_read_only");
                }
            }
            HttpResponse<String> other = send("PUT", shown.linkage(), "{}");
            assertThat(other.statusCode()).isEqualTo(405);
            assertThat(other.headers().firstValue("Allow"))
                    .hasValueSatisfying(allow -> assertThat(allow.contains("POST"))
                            .as(shown.linkage())
                            .isEqualTo(many));
        }
        assertThat(writable).containsExactlyInAnyOrderElementsOf(WRITABLE);
    }

    @Test
    void whatIsEmptyIsNothingOrAnEmptyList() {
        String alone = make("/message-threads", "messageThreads", Map.of("channel", "telegram", "identifier", "7"));
        JsonNode none = answered(get("/message-threads/" + alone + "/relationships/candidate"));
        assertThat(none.get("data").isNull()).isTrue();
        assertThat(none.at("/links/related").stringValue())
                .isEqualTo("/public/v2/message-threads/" + alone + "/candidate");
        JsonNode related = follow(none.at("/links/related").stringValue());
        assertThat(related.get("data").isNull()).isTrue();
        assertThat(answered(get("/message-threads/" + alone + "/candidate?include="))
                        .get("included"))
                .isEmpty();
        for (String path : List.of("/messages", "/relationships/messages")) {
            JsonNode list = answered(get("/message-threads/" + alone + path));
            assertThat(list.get("data")).isEmpty();
            assertThat(list.at("/meta/total").intValue()).isZero();
        }
    }

    @Test
    void manyArePagedFilteredAndSortedAsTheirListIs() throws Exception {
        String busy = make("/message-threads", "messageThreads", Map.of("channel", "telegram", "identifier", "8"));
        for (int i = 0; i < 5; i++) {
            message(busy);
        }
        String same = "sort=createdAt&page[size]=2&include=messageThread"
                + "&fields[messages]=sendBy&fields[messageThreads]=identifier";
        JsonNode related = answered(get("/message-threads/" + busy + "/messages?" + same));
        JsonNode list = answered(get("/messages?filter[messageThreadId]=" + busy + "&" + same));
        assertThat(related.get("data")).hasSize(2).isEqualTo(list.get("data"));
        assertThat(related.get("included")).hasSize(1).isEqualTo(list.get("included"));
        assertThat(related.get("meta")).isEqualTo(list.get("meta"));
        assertThat(follow(related.at("/links/last").stringValue()).get("data")).hasSize(1);
        for (String path : List.of("/candidates?", "/relationships/candidates?")) {
            String of = "/users/" + user + path + "filter[phone]=";
            assertThat(answered(get(of + "316")).get("data")).hasSize(1);
            assertThat(answered(get(of + "317")).get("data")).isEmpty();
        }

        Set<String> seen = new LinkedHashSet<>();
        String next =
                "/public/v2/message-threads/" + busy + "/relationships/messages?page%5Bafter%5D=&page%5Bsize%5D=2";
        while (next != null) {
            JsonNode page = follow(next);
            seen.addAll(ids(page.get("data")));
            assertThat(page.at("/data/0").propertyNames()).containsExactly("type", "id");
            next = page.at("/links/next").stringValue(null);
        }
        assertThat(seen)
                .containsExactlyElementsOf(ids(
                        answered(get("/message-threads/" + busy + "/messages")).get("data")));
        assertThat(seen).hasSize(5);
    }

    @ParameterizedTest
    @CsvSource({
        "/relationships/messages?include=candidate, 400 unknown_include include",
        "/relationships/messages?include=messages&include=messages, 400 invalid_query_parameter include",
        "/relationships/messages?sort=nope, 400 unknown_sort sort",
        "/relationships/messages?filter[nope]=1, 400 unknown_filter filter[nope]",
        "/relationships/candidate?sort=createdAt, 400 unknown_query_parameter sort",
        "/relationships/candidate?page[size]=2, 400 unknown_query_parameter page[size]",
        "/messages?page[size]=0, 400 invalid_query_parameter page[size]",
        "/candidate?page[size]=2, 400 unknown_query_parameter page[size]",
        "/candidate?include=nope, 400 unknown_include include"
    })
    void whatIsWrongWithAQueryIsNamed(String path, String error) {
        assertThat(errors(get("/message-threads/" + thread + path))).containsExactly(error);
    }

    @Test
    void aRelationshipThatIsNoneIsNoPath() {
        assertThat(errors(get("/message-threads/" + thread + "/relationships/nope")))
                .containsExactly("404 not_found");
        assertThat(errors(get("/message-threads/" + thread + "/nope"))).containsExactly("404 not_found");
    }
}
