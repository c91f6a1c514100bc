package dev.parley.server.candidates;

import static dev.parley.server.organizations.OrganizationWorld.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.organizations.Made;
import dev.parley.server.organizations.OrganizationWorld;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@NullUnmarked
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CandidateListTest {

    private OrganizationWorld world;
    private Made own;

    @BeforeAll
    void start() throws Exception {
        world = new OrganizationWorld();
        own = world.organization("Own");
        make(own, "1", "\"firstName\":\"Ada\",\"lastName\":\"Byron\",\"email\":\"Ada@example.com\"");
        make(own, "2", "\"firstName\":\"Bea\",\"lastName\":\"Byron\"");
        make(own, "3", "\"firstName\":\"Cy\",\"lastName\":\"Adams\",\"email\":\"cy@example.org\"");
        make(world.organization("Other"), "4", "\"firstName\":\"Ada\",\"lastName\":\"Byron\"");
    }

    @AfterAll
    void stop() {
        world.close();
    }

    private void make(Made by, String phone, String members) {
        String body =
                "{\"data\":{\"type\":\"candidates\",\"attributes\":{\"phone\":\"" + phone + "\"," + members + "}}}";
        HttpResponse<String> made = world.send(by.token(), "POST", "/candidates", body);
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    }

    private HttpResponse<String> list(String query) {
        String encoded = query.replace("[", "%5B").replace("]", "%5D");
        return world.send(own.token(), "GET", "/candidates?" + encoded, null);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sort=lastName,firstName | 3 1 2",
                "sort=lastName,-firstName | 3 2 1",
                "sort=-lastName,firstName | 1 2 3",
                "sort=firstName&filter[lastName]=Byron | 1 2",
                "sort=firstName&filter[lastName]=byron | none",
                "sort=firstName&filter[lastName][eql]=byron | 1 2",
                "sort=firstName&filter[lastName][ne]=Byron | 3",
                "sort=firstName&filter[lastName][prefix]=By&filter[firstName]=Bea | 2",
                "sort=firstName&filter[email][suffix]=.org | 3",
                "sort=firstName&filter[email][null]=true | 2",
                "sort=firstName&filter[email][ne]=cy@example.org&filter[email][null]=false | 1",
                "sort=firstName&filter[phone][in]=1,3,4 | 1 3",
                "sort=firstName&filter[candidateStatusId][null]=false | none",
                "sort=firstName&filter[createdAt][gte]=2026-03-02T00:00:00+00:00"
                        + "&filter[createdAt][lt]=2026-03-03T00:00:00+00:00 | 1 2 3",
                "sort=firstName&filter[updatedAt][gt]=2026-03-03T00:00:00+00:00 | none",
            })
    void filtersAndSorts(String query, String phones) {
        HttpResponse<String> answer = list(query);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        List<String> found = new ArrayList<>();
        json(answer)
                .get("data")
                .forEach(one -> found.add(one.at("/attributes/phone").stringValue()));
        assertThat(found).isEqualTo(phones.equals("none") ? List.of() : List.of(phones.split(" ")));
    }

    @Test
    void walksByCursorWithAFilterAndInclude() {
        HttpResponse<String> first =
                list("sort=firstName&filter[lastName]=Byron&include=candidateStatus&page[after]=&page[size]=1");
        assertThat(first.statusCode()).as(first.body()).isEqualTo(200);
        assertThat(json(first).at("/data/0/attributes/phone").stringValue()).isEqualTo("1");
        assertThat(json(first).get("meta").toString()).isEqualTo("{\"currentSize\":1}");
        assertThat(json(first).at("/links/prev").isNull()).isTrue();
        String next = json(first).at("/links/next").stringValue();
        HttpResponse<String> second = list(next.substring(next.indexOf('?') + 1));
        assertThat(second.statusCode()).as(second.body()).isEqualTo(200);
        assertThat(json(second).at("/data/0/attributes/phone").stringValue()).isEqualTo("2");
        assertThat(json(second).at("/links/next").isNull()).isTrue();
    }

    @Test
    void refusesAnOperatorThatAFieldDoesNotHave() {
        HttpResponse<String> answer = list("filter[createdAt][prefix]=2026");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("unknown_filter", "filter[createdAt][prefix]");
    }
}
