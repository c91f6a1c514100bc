package dev.parley.server.platform.jsonapi;

import static dev.parley.server.platform.jsonapi.ToyServer.errors;
import static dev.parley.server.platform.jsonapi.ToyServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.platform.json.Json;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

@NullUnmarked
class ListingTest {

    private static final String OWNER = "0197a000-0000-7000-8000-00000000000a";

    private ToyServer server;

    @BeforeEach
    void start() throws Exception {
        server = new ToyServer();
        for (int i = 0; i < 7; i++) {
            UUID id = new UUID(0, i);
            server.toys.stored.put(id, new Resource(id, Json.MAPPER.createObjectNode(), null));
        }
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private HttpResponse<String> list(String query) {
        return server.get(ToyServer.PATH + query);
    }

    @Test
    void pagesWithMetaAndLinks() {
        JsonNode first =
                json(list("?page[size]=3&filter[ownerId]=".replace("[", "%5B").replace("]", "%5D") + OWNER));
        assertThat(first.get("data")).hasSize(3);
        assertThat(first.get("meta").toString())
                .isEqualTo("{\"total\":7,\"totalUnfiltered\":7,\"currentSize\":3,\"currentPage\":1,\"maxPage\":3}");
        assertThat(first.at("/links/prev").isNull()).isTrue();
        assertThat(first.at("/links/next").stringValue())
                .isEqualTo(ToyServer.PATH + "?filter%5BownerId%5D=" + OWNER + "&page%5Bnumber%5D=2&page%5Bsize%5D=3");
        JsonNode last = json(server.get(first.at("/links/last").stringValue()));
        assertThat(last.get("data")).hasSize(1);
        assertThat(last.at("/links/next").isNull()).isTrue();
        assertThat(last.at("/links/prev").stringValue()).contains("number%5D=2");
        assertThat(last.at("/links/self").stringValue()).contains("number%5D=3");
        assertThat(last.at("/links/first").stringValue()).contains("number%5D=1");
    }

    @Test
    void hasTheDocumentedMetaOfAShortList() {
        assertThat(json(list("/")).get("meta").toString())
                .isEqualTo("{\"total\":7,\"totalUnfiltered\":7,\"currentSize\":25,\"currentPage\":1,\"maxPage\":1}");
        server.toys.stored.clear();
        assertThat(json(list("")).get("meta").toString())
                .isEqualTo("{\"total\":0,\"totalUnfiltered\":0,\"currentSize\":25,\"currentPage\":1,\"maxPage\":1}");
    }

    @Test
    void handsTheQueryOver() {
        list("?filter%5BownerId%5D=" + OWNER + "&filter%5BsoldAt%5D%5Bgt%5D=2024-05-07T14:20:46+00:00"
                + "&filter%5Bwheels%5D%5Bin%5D=2,4&sort=-name,createdAt");
        ListQuery query = server.toys.lastQuery;
        assertThat(query.criteria())
                .extracting(ListQuery.Criterion::values)
                .containsExactly(
                        List.of(UUID.fromString(OWNER)),
                        List.of(Instant.parse("2024-05-07T14:20:46Z")),
                        List.of(2L, 4L));
        assertThat(query.order()).extracting(ListQuery.Order::field).containsExactly("name", "createdAt");
        assertThat(query.order()).extracting(ListQuery.Order::descending).containsExactly(true, false);
        list("");
        assertThat(server.toys.lastQuery.order()).containsExactly(new ListQuery.Order("createdAt", "created_at", true));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "foo=1 | 400 unknown_query_parameter foo",
                "include=owner | 400 unknown_query_parameter include",
                "fields[toyCar]=name | 400 unknown_field fields[toyCar]",
                "fields[toyCars]=nmae | 400 unknown_field fields[toyCars]",
                "fields=name | 400 invalid_query_parameter fields",
                "fields[]=name | 400 invalid_query_parameter fields[]",
                "fields[toyCars][name]=1 | 400 invalid_query_parameter fields[toyCars][name]",
                "sort=nope | 400 unknown_sort sort",
                "sort= | 400 unknown_sort sort",
                "sort=name,-name | 400 invalid_query_parameter sort",
                "sort=name&sort=name | 400 invalid_query_parameter sort",
                "filter[nope]=1 | 400 unknown_filter filter[nope]",
                "filter[ownerId][gt]=1 | 400 unknown_filter filter[ownerId][gt]",
                "filter[ownerId][like]=1 | 400 unknown_filter filter[ownerId][like]",
                "filter[soldAt]=2024-05-07T14:20:46Z | 400 unknown_filter filter[soldAt]",
                "filter=1 | 400 unknown_filter filter",
                "filter[a][b][c]=1 | 400 unknown_filter filter[a][b][c]",
                "filter[ownerId]=1 | 400 invalid_query_parameter filter[ownerId]",
                "filter[soldAt][null]=maybe | 400 invalid_query_parameter filter[soldAt][null]",
                "filter[wheels]=9 | 400 invalid_query_parameter filter[wheels]",
                "filter[wheels][in]=1,x | 400 invalid_query_parameter filter[wheels][in]",
                "filter[wheels]=%00 | 400 invalid_query_parameter filter[wheels]",
                "page[number]=0 | 400 invalid_query_parameter page[number]",
                "page[number]=99999999999 | 400 invalid_query_parameter page[number]",
                "page[size]=101 | 400 invalid_query_parameter page[size]",
                "page[size]=x | 400 invalid_query_parameter page[size]",
                "page[size]=5&page[size]=5 | 400 invalid_query_parameter page[size]",
                "page[after]=x | 400 invalid_query_parameter page[after]",
                "page[before]=WzEsIi1jcmVhdGVkQXQiXQ | 400 invalid_query_parameter page[before]",
                "page[after]=&page[before]= | 400 invalid_query_parameter page[before]",
                "page[after]=&page[number]=1 | 400 invalid_query_parameter page[after]",
                "page[offset]=1 | 400 unknown_query_parameter page[offset]",
                "page=1 | 400 unknown_query_parameter page",
            })
    void refusesByNameWhatItDoesNotServe(String query, String error) {
        HttpResponse<String> answer = list("?" + query.replace("[", "%5B").replace("]", "%5D"));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(errors(answer)).containsExactly(error);
    }

    @Test
    void namesTheNearest() {
        assertThat(list("?filter%5Bownerid%5D=1").body()).contains("Did you mean ownerId?");
        assertThat(list("?sort=nmae").body()).contains("Did you mean name?").contains("\"nearest\":\"name\"");
        assertThat(list("?srot=name").body()).contains("Did you mean sort?");
        assertThat(list("?filter%5Bwheels%5D%5Bnin%5D=1").body()).contains("Did you mean in?");
    }

    @Test
    void reportsEveryProblemOfAQuery() {
        assertThat(errors(list("?foo=1&sort=x&page%5Bsize%5D=0")))
                .containsExactly(
                        "400 unknown_query_parameter foo",
                        "400 unknown_sort sort",
                        "400 invalid_query_parameter page[size]");
    }

    @Test
    void takesAnEmptyIncludeAndRefusesTheRestOnOneResource() {
        String one = ToyServer.PATH + "/" + new UUID(0, 1);
        assertThat(list("?include=").statusCode()).isEqualTo(200);
        assertThat(server.get(one + "?include=").statusCode()).isEqualTo(200);
        assertThat(errors(server.get(one + "?include=owner"))).containsExactly("400 unknown_query_parameter include");
        assertThat(errors(server.get(one + "?sort=name"))).containsExactly("400 unknown_query_parameter sort");
        assertThat(errors(server.send("DELETE", one + "?force=1", null)))
                .containsExactly("400 unknown_query_parameter force");
        assertThat(errors(server.send("POST", ToyServer.PATH + "?x=1", "{}")))
                .containsExactly("400 unknown_query_parameter x");
    }
}
