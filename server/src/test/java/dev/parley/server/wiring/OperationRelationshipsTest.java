package dev.parley.server.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Relationships that are changed among other operations. */
@NullUnmarked
class OperationRelationshipsTest extends OperationsCase {

    private String user;

    @BeforeEach
    void user() {
        user = server.make("/users", token, "users", Map.of("firstName", "A", "lastName", "B"))
                .path("id")
                .stringValue();
    }

    private String operation(String op, String linkage) {
        return "{\"op\":\"" + op + "\",\"ref\":{\"type\":\"users\",\"id\":\"" + user
                + "\",\"relationship\":\"candidates\"},\"data\":" + linkage + "}";
    }

    private static String known(String id) {
        return "[{\"type\":\"candidates\",\"id\":\"" + id + "\"}]";
    }

    @Test
    void manyAreAddedTakenAndReplaced() throws Exception {
        String there = candidate("1");
        HttpResponse<String> answer = operations(
                ADD_CANDIDATE.formatted("2"),
                operation("add", known(there)),
                operation("add", "[{\"type\":\"candidates\",\"lid\":\"ada\"}]"),
                operation("remove", known(there)));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(json(answer).at("/atomic:results/3")).isEmpty();
        String ada = json(answer).at("/atomic:results/0/data/id").stringValue();
        assertThat(server.query(
                        "select candidate_id from user_candidates where organization_id = '" + organization + "'"))
                .isEqualTo(ada);
        assertThat(count("user_candidates")).isEqualTo("1");
        String path =
                "{\"op\":\"update\",\"href\":\"/public/v2/users/" + user + "/relationships/candidates\",\"data\":[]}";
        assertThat(operations(path).statusCode()).isEqualTo(200);
        assertThat(count("user_candidates")).isEqualTo("0");
    }

    @Test
    void oneThatFailsUndoesThoseBefore() throws Exception {
        HttpResponse<String> answer = operations(
                operation("add", known(candidate("1"))),
                operation("add", known(UUID.randomUUID().toString())));
        assertThat(errors(answer)).containsExactly("404 related_not_found /atomic:operations/1/data/0/id");
        assertThat(count("user_candidates")).isEqualTo("0");
    }

    @Test
    void whatCannotBeDoneIsNamed() {
        String thread = "{\"op\":\"%s\",\"ref\":{\"type\":\"%s\",\"id\":\"" + UUID.randomUUID()
                + "\",\"relationship\":\"%s\"},\"data\":null}";
        HttpResponse<String> answer = operations(
                thread.formatted("update", "messageThreads", "messages"),
                thread.formatted("update", "messageThreads", "organization"),
                thread.formatted("add", "messageThreads", "candidate"),
                thread.formatted("update", "messageThreads", "candidates"),
                operation("remove", "[{\"type\":\"candidates\",\"lid\":\"nobody\"}]"));
        assertThat(errors(answer))
                .containsExactly(
                        "403 relationship_read_only /atomic:operations/0/ref/relationship",
                        "403 relationship_read_only /atomic:operations/1/ref/relationship",
                        "422 invalid_value /atomic:operations/2/ref/relationship",
                        "422 unknown_relationship /atomic:operations/3/ref/relationship",
                        "422 invalid_value /atomic:operations/4/data/0/lid");
    }
}
