package dev.parley.server.candidates;

import static dev.parley.server.organizations.OrganizationWorld.PARTNER;
import static dev.parley.server.organizations.OrganizationWorld.errors;
import static dev.parley.server.organizations.OrganizationWorld.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.platform.jsonapi.Filter;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@NullUnmarked
class AssignedCandidatesTest extends UserCase {

    @Test
    void replacesThemAllAsDocumented() throws Exception {
        String first = candidate(own, "1");
        world.clock.advance(Duration.ofSeconds(1));
        String second = candidate(own, "2");
        world.clock.advance(Duration.ofSeconds(1));
        String third = candidate(own, "3");
        String id = user(own, ADA + "," + linking(first, second, first));
        assertThat(assigned(own, id)).containsExactly(second, first);
        HttpResponse<String> changed =
                patch(own, id, "\"attributes\":{\"timeZone\":\"Europe/Berlin\"}," + linking(second, third));
        assertThat(changed.statusCode()).as(changed.body()).isEqualTo(200);
        assertThat(assigned(own, id)).containsExactly(third, second);
        int version = json(changed).at("/data/meta/version").asInt();
        assertThat(json(patch(own, id, linking(third, second)))
                        .at("/data/meta/version")
                        .asInt())
                .as("nothing changed")
                .isEqualTo(version);
        assertThat(patch(own, id, "\"relationships\":{\"candidates\":{}}").statusCode())
                .isEqualTo(200);
        assertThat(assigned(own, id)).hasSize(2);
        patch(own, id, linking());
        assertThat(assigned(own, id)).isEmpty();
        assertThat(eventsOf(id)).containsExactly("create {}", "update {timeZone,candidates}", "update {candidates}");
    }

    @Test
    void listsTheCandidatesOfOneUserWithTheirCounts() {
        String first = candidate(own, "1");
        String second = candidate(own, "2");
        candidate(own, "3");
        String id = user(own, ADA + "," + linking(first, second));
        user(own, ADA + "," + linking(first));
        JsonNode list = json(get(own, "/candidates?sort=createdAt&filter[phone]=1&filter[userId]=" + id));
        assertThat(ids(list.get("data"))).containsExactly(first);
        assertThat(list.at("/meta/total").asInt()).isOne();
        assertThat(list.at("/meta/totalUnfiltered").asInt()).isEqualTo(3);
        assertThat(errors(get(own, "/candidates?filter[userId][ne]=" + id))).containsExactly("400 unknown_filter ");
        assertThat(ids(json(get(other, "/candidates?filter[userId]=" + id)).get("data")))
                .isEmpty();
    }

    @Test
    void includesThemInBothDirections() {
        String first = candidate(own, "1");
        world.clock.advance(Duration.ofSeconds(1));
        String second = candidate(own, "2");
        String ada = user(own, ADA + "," + linking(first, second));
        JsonNode one = json(get(own, "/users/" + ada + "?include=candidates"));
        assertThat(ids(one.at("/data/relationships/candidates/data"))).containsExactly(second, first);
        assertThat(ids(one.get("included"))).containsExactly(second, first);
        JsonNode all = json(get(own, "/organizations?include=users.candidates"));
        assertThat(ids(all.at("/data/0/relationships/users/data"))).containsExactly(ada);
        assertThat(ids(all.get("included"))).containsExactlyInAnyOrder(ada, first, second);
        assertThat(all.at("/data/0/relationships/users/links/related").stringValue())
                .isEqualTo("/public/v2/users?filter%5BorganizationId%5D=" + own.id());
        HttpResponse<String> partner = world.send(PARTNER, "GET", "/management/organizations?include=users", null);
        assertThat(partner.statusCode()).isEqualTo(400);
        assertThat(partner.body()).doesNotContain(ada);
    }

    @Test
    void refusesEachThatIsNotThereAndChangesNothing() throws Exception {
        String there = candidate(own, "1");
        String foreign = candidate(other, "2");
        String hidden = candidate(own, "3");
        delete(own, "/candidates/" + hidden);
        String id = user(own, ADA + "," + linking(there));
        String wrong =
                linking(foreign, there, hidden, foreign, UUID.randomUUID().toString());
        for (HttpResponse<String> refused : List.of(
                patch(own, id, "\"attributes\":{\"firstName\":\"Bea\"}," + wrong), post(own, ADA + "," + wrong))) {
            assertThat(errors(refused))
                    .containsExactly(
                            "404 related_not_found /data/relationships/candidates/data/0/id",
                            "404 related_not_found /data/relationships/candidates/data/2/id",
                            "404 related_not_found /data/relationships/candidates/data/4/id");
            assertThat(json(refused).at("/errors/0/detail"))
                    .isEqualTo(json(refused).at("/errors/2/detail"));
        }
        assertThat(assigned(own, id)).containsExactly(there);
        assertThat(world.query("select count(*) from users")).containsExactly("1");
        assertThat(eventsOf(id)).containsExactly("create {}");
    }

    @Test
    void refusesWhatIsNoLinkage() {
        String id = user(own, ADA);
        String to = "\"relationships\":{\"candidates\":{\"data\":%s}}";
        String at = "/data/relationships/candidates/data";
        assertThat(errors(patch(own, id, to.formatted("null")))).containsExactly("422 invalid_value " + at);
        assertThat(errors(patch(own, id, to.formatted("{\"type\":\"candidates\",\"id\":\"" + id + "\"}"))))
                .containsExactly("422 invalid_value " + at);
        assertThat(errors(patch(
                        own,
                        id,
                        to.formatted("[1,{\"type\":\"users\",\"id\":\"" + id
                                + "\"},{\"type\":\"candidates\",\"id\":\"x\"},{\"type\":\"candidates\"}]"))))
                .containsExactly(
                        "422 invalid_value " + at + "/0",
                        "422 invalid_value " + at + "/1/type",
                        "422 invalid_value " + at + "/2/id",
                        "422 invalid_value " + at + "/3");
        assertThat(errors(patch(own, id, linking(new String[1001])))).containsExactly("422 invalid_value " + at);
        String[] most = Collections.nCopies(1000, candidate(own, "1")).toArray(String[]::new);
        assertThat(patch(own, id, linking(most)).statusCode()).isEqualTo(200);
        assertThat(errors(patch(own, id, "\"relationships\":{\"candidate\":{\"data\":[]}}")))
                .containsExactly("422 unknown_relationship /data/relationships/candidate");
    }

    @Test
    void losesThoseThatAreHidden() {
        String hidden = candidate(own, "1");
        String stays = candidate(own, "2");
        String id = user(own, ADA + "," + linking(hidden, stays));
        String sameId = candidate(other, "3");
        String foreign = user(other, ADA + "," + linking(sameId));
        assertThat(delete(own, "/candidates/" + hidden).statusCode()).isEqualTo(204);
        assertThat(assigned(own, id)).containsExactly(stays);
        assertThat(assigned(other, foreign)).containsExactly(sameId);
    }

    @Test
    void canBeSubscribedTo() {
        HttpResponse<String> webhook = world.send(own.token(), "POST", "/webhooks", """
                {"data":{"type":"webhooks","attributes":{"resource":"users","event":"update",
                "fields":["Candidates","timeZone"],"webhookUrl":"https://example.com/hook"}}}""");
        assertThat(webhook.statusCode()).as(webhook.body()).isEqualTo(201);
        assertThat(json(webhook).at("/data/attributes/fields").toString()).isEqualTo("[\"candidates\",\"timeZone\"]");
    }

    @Test
    void endsWithOneOfTheSetsThatAreWrittenAtOnce() throws Exception {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            all.add(candidate(own, "" + i));
        }
        String id = user(own, ADA);
        String neighbour = user(own, ADA);
        List<List<String>> sets =
                List.of(List.copyOf(all.subList(0, 6)), all.subList(3, 9).reversed(), List.copyOf(all.subList(6, 11)));
        List<Callable<Integer>> writes = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            String members = linking(sets.get(i % 3).toArray(String[]::new));
            String to = i % 4 == 0 ? neighbour : id;
            writes.add(() -> patch(own, to, members).statusCode());
        }
        writes.add(12, () -> delete(own, "/candidates/" + all.getLast()).statusCode());
        try (ExecutorService threads = Executors.newFixedThreadPool(6)) {
            for (Future<Integer> answer : threads.invokeAll(writes)) {
                assertThat(answer.get()).isIn(200, 204);
            }
        }
        assertThat(sets.stream().map(Set::copyOf).toList()).contains(Set.copyOf(assigned(own, id)));
        List<String> events = eventsOf(id);
        assertThat(json(get(own, "/users/" + id)).at("/data/meta/version").asInt())
                .as("each change has its event")
                .isEqualTo(events.size());
    }

    @Test
    void findsThoseOfAUserWithoutReadingAllCandidates() throws Exception {
        String id = user(own, ADA + "," + linking(candidate(own, "1"), candidate(own, "2")));
        world.execute("""
                insert into candidates (organization_id, id, phone, created_at, updated_at)
                select '%s', gen_random_uuid(), '1', now() + i * interval '1s', now() from generate_series(1, 30000) i;
                insert into user_candidates (organization_id, user_id, candidate_id)
                select organization_id, gen_random_uuid(), id from candidates
                where id not in (select candidate_id from user_candidates);
                analyze candidates, user_candidates;
                """.formatted(own.id()));
        String assigned = CandidateType.TYPE
                .filters()
                .get(UserType.OF_CANDIDATES)
                .column()
                .replace(Filter.VALUE, "'" + id + "'");
        List<String> plan = world.query("explain select c.id from candidates c where c.organization_id = '" + own.id()
                + "' and c.deleted_at is null and " + assigned + " order by c.created_at desc, c.id desc limit 25");
        assertThat(String.join("\n", plan))
                .contains("user_candidates_pk", "candidates_pk")
                .doesNotContain("Seq Scan", "candidates_newest");
        assertThat(assigned(own, id)).hasSize(2);
    }

    @Test
    void aPageByCursorGoesThroughThem() {
        String[] three = {candidate(own, "1"), candidate(own, "2"), candidate(own, "3")};
        candidate(own, "4");
        String id = user(own, ADA + "," + linking(three));
        JsonNode first = json(get(own, "/candidates?filter[userId]=" + id + "&page[size]=2&page[after]="));
        List<String> found = new ArrayList<>(ids(first.get("data")));
        String next = first.at("/links/next").stringValue().substring("/public/v2".length());
        found.addAll(ids(json(get(own, next)).get("data")));
        assertThat(found).containsExactlyInAnyOrder(three);
        JsonNode slim = json(get(own, "/users?include=candidates&fields[users]=fullName&fields[candidates]=phone"));
        assertThat(slim.at("/data/0/attributes").toString()).isEqualTo("{\"fullName\":\"Ada Byron\"}");
        assertThat(slim.get("included")).hasSize(3);
    }
}
