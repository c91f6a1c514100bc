package dev.parley.server.candidates;

import static dev.parley.server.organizations.OrganizationWorld.errors;
import static dev.parley.server.organizations.OrganizationWorld.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.organizations.Made;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** The candidates of a user, changed by themselves. */
@NullUnmarked
class UserLinkageTest extends UserCase {

    private HttpResponse<String> change(Made by, String method, String user, String... candidates) {
        String data = Arrays.stream(candidates)
                .map(id -> "{\"type\":\"candidates\",\"id\":\"" + id + "\"}")
                .collect(Collectors.joining(",", "{\"data\":[", "]}"));
        return world.send(by.token(), method, "/users/" + user + "/relationships/candidates", data);
    }

    private void changed(String method, String user, String... candidates) {
        HttpResponse<String> answer = change(own, method, user, candidates);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void areAddedTakenAndReplaced() throws Exception {
        String first = candidate(own, "1");
        String second = candidate(own, "2");
        String third = candidate(own, "3");
        String id = user(own, ADA);
        changed("POST", id, first, second, first);
        changed("POST", id, second);
        assertThat(assigned(own, id)).containsExactlyInAnyOrder(first, second);
        changed("POST", id, third);
        changed("DELETE", id, first, UUID.randomUUID().toString());
        changed("DELETE", id, first);
        assertThat(assigned(own, id)).containsExactlyInAnyOrder(second, third);
        changed("PATCH", id, first, third);
        assertThat(assigned(own, id)).containsExactlyInAnyOrder(first, third);
        changed("PATCH", id);
        changed("DELETE", id);
        assertThat(assigned(own, id)).isEmpty();
        assertThat(eventsOf(id))
                .as("what changed nothing has no event")
                .containsExactly(
                        "create {}",
                        "update {candidates}",
                        "update {candidates}",
                        "update {candidates}",
                        "update {candidates}",
                        "update {candidates}");
        assertThat(json(get(own, "/users/" + id)).at("/data/meta/version").asInt())
                .isEqualTo(6);
    }

    @Test
    void areThoseOfTheOrganizationAlone() throws Exception {
        String there = candidate(own, "1");
        String foreign = candidate(other, "2");
        String id = user(own, ADA + "," + linking(there));
        for (String method : List.of("POST", "PATCH")) {
            assertThat(errors(change(own, method, id, there, foreign)))
                    .containsExactly("404 related_not_found /data/1/id");
        }
        for (String method : List.of("POST", "PATCH", "DELETE")) {
            assertThat(errors(change(other, method, id))).containsExactly("404 not_found ");
        }
        assertThat(assigned(own, id)).containsExactly(there);
        assertThat(eventsOf(id)).containsExactly("create {}");
    }

    @Test
    void areCheckedAsWhereTheResourceIsWritten() {
        String id = user(own, ADA);
        String path = "/users/" + id + "/relationships/candidates";
        for (String method : List.of("POST", "PATCH", "DELETE")) {
            assertThat(errors(world.send(own.token(), method, path, "{\"data\":null}")))
                    .containsExactly("422 invalid_value /data");
            assertThat(errors(
                            world.send(own.token(), method, path, "{\"data\":[{\"type\":\"users\",\"id\":\"x\"},1]}")))
                    .containsExactly("422 invalid_value /data/0/type", "422 invalid_value /data/1");
            assertThat(errors(world.send(own.token(), method, path, null))).containsExactly("400 malformed_json ");
        }
        assertThat(errors(change(own, "POST", id, new String[1001]))).containsExactly("422 invalid_value /data");
    }

    @Test
    void areAtMostAThousandHoweverTheyCome() throws Exception {
        String id = user(own, ADA);
        world.execute("""
                insert into candidates (organization_id, id, phone, created_at, updated_at)
                select '%1$s', gen_random_uuid(), '1', now(), now() from generate_series(1, 1000);
                insert into user_candidates (organization_id, user_id, candidate_id)
                select '%1$s', '%2$s', id from candidates limit 999;
                """.formatted(own.id(), id));
        String last = world.query(
                        "select id from candidates where id not in (select candidate_id from user_candidates)")
                .getFirst();
        String more = candidate(own, "2");
        assertThat(errors(change(own, "POST", id, last, more))).containsExactly("422 invalid_value /data");
        changed("POST", id, last);
        changed("POST", id, last);
        assertThat(errors(change(own, "POST", id, more))).containsExactly("422 invalid_value /data");
        assertThat(world.query("select count(*) from user_candidates")).containsExactly("1000");
    }

    @Test
    void allStayThatSeveralAddAtOnce() throws Exception {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            all.add(candidate(own, "" + i));
        }
        String id = user(own, ADA + "," + linking(all.get(0), all.get(1)));
        List<Callable<Integer>> writes = new ArrayList<>();
        for (int i = 2; i < 12; i++) {
            String[] two = {all.get(i), all.get(Math.max(2, i - 1))};
            writes.add(() -> change(own, "POST", id, two).statusCode());
        }
        writes.add(5, () -> change(own, "DELETE", id, all.get(0)).statusCode());
        try (ExecutorService threads = Executors.newFixedThreadPool(6)) {
            for (Future<Integer> answer : threads.invokeAll(writes)) {
                assertThat(answer.get()).isEqualTo(204);
            }
        }
        assertThat(assigned(own, id)).containsExactlyInAnyOrderElementsOf(all.subList(1, 12));
        assertThat(json(get(own, "/users/" + id)).at("/data/meta/version").asInt())
                .as("each change has its event")
                .isEqualTo(eventsOf(id).size());
    }
}
