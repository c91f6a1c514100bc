package dev.parley.server.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Changes of relationships by themselves, as the whole server answers them. */
@NullUnmarked
class RelationshipWritesTest extends RelationshipsCase {

    private static int identifiers;

    private String own;
    private String path;

    @BeforeEach
    void thread() {
        own = make(
                "/message-threads", "messageThreads", Map.of("channel", "telegram", "identifier", "9" + ++identifiers));
        path = "/message-threads/" + own + "/relationships/candidate";
    }

    private HttpResponse<String> patch(String linkage, String... headers) {
        return send("PATCH", path, data(linkage), headers);
    }

    private String events(String id) throws Exception {
        return server.query("select string_agg(event || coalesce(fields::text, ''), ' ' order by position) from events"
                + " where resource_id = '" + id + "'");
    }

    @Test
    void oneIsSetAsByItsResource() throws Exception {
        HttpResponse<String> set = patch(one("candidates", candidate));
        assertThat(set.statusCode()).as(set.body()).isEqualTo(204);
        assertThat(set.body()).isEmpty();
        assertThat(answered(get(path)).at("/data/id").stringValue()).isEqualTo(candidate);
        assertThat(patch("[" + one("candidates", candidate) + "]").statusCode()).isEqualTo(204);
        assertThat(events(own)).isEqualTo("create update{candidateId}");
    }

    @Test
    void oneKeepsTheRulesOfItsResource() throws Exception {
        assertThat(errors(patch(one("candidates", UUID.randomUUID().toString()))))
                .containsExactly("404 related_not_found /data/id");
        patch(one("candidates", candidate));
        String second = make("/candidates", "candidates", Map.of("phone", "2"));
        assertThat(errors(patch(one("candidates", second)))).containsExactly("409 candidate_fixed /data/id");
        assertThat(errors(patch("null"))).containsExactly("409 candidate_fixed /data");
        assertThat(errors(patch(one("users", user)))).containsExactly("422 invalid_value /data/type");
        assertThat(errors(patch("5"))).containsExactly("422 invalid_value /data");
        assertThat(errors(send("PATCH", path, "{\"nope\":1}")))
                .containsExactly("422 missing_member ", "422 unknown_attribute /nope");
        assertThat(errors(send("PATCH", path, "{"))).containsExactly("400 malformed_json");
        assertThat(errors(send("PATCH", path + "?include=candidate", data("null"))))
                .containsExactly("400 unknown_query_parameter include");
        String missing = "/message-threads/" + UUID.randomUUID() + "/relationships/candidate";
        assertThat(errors(send("PATCH", missing, data(one("candidates", candidate)))))
                .containsExactly("404 not_found");
        assertThat(events(own)).isEqualTo("create update{candidateId}");
    }

    @Test
    void oneIsTakenAway() {
        String person = make("/candidates", "candidates", Map.of("phone", "3", "candidateStatusId", status));
        String of = "/candidates/" + person + "/relationships/candidateStatus";
        assertThat(send("PATCH", of, data("null")).statusCode()).isEqualTo(204);
        assertThat(answered(get(of)).get("data").isNull()).isTrue();
        assertThat(answered(get("/candidates/" + person))
                        .at("/data/attributes/candidateStatusId")
                        .isNull())
                .isTrue();
        // As libraries write it that spell all of a path in one way.
        String spelt = "/candidates/" + person + "/relationships/candidate-status";
        assertThat(send("PATCH", spelt, data(one("candidateStatuses", status))).statusCode())
                .isEqualTo(204);
        assertThat(answered(get(spelt)).at("/data/id").stringValue()).isEqualTo(status);
    }

    @Test
    void theTagOfARelationshipIsItsResources() {
        String tag = get(path).headers().firstValue("ETag").orElseThrow();
        assertThat(patch(one("candidates", candidate), "If-Match", tag).statusCode())
                .isEqualTo(204);
        assertThat(errors(patch(one("candidates", candidate), "If-Match", tag)))
                .containsExactly("412 precondition_failed If-Match");
        assertThat(errors(patch("null", "If-Match", "nonsense"))).containsExactly("400 invalid_header If-Match");
    }

    @Test
    void addingWithAKeyIsDoneOnce() throws Exception {
        String of = "/users/" + user + "/relationships/candidates";
        String added = make("/candidates", "candidates", Map.of("phone", "4"));
        String body = data("[" + one("candidates", added) + "]");
        HttpResponse<String> first = send("POST", of, body, "Idempotency-Key", "k1");
        assertThat(first.statusCode()).as(first.body()).isEqualTo(204);
        assertThat(send("DELETE", of, body).statusCode()).isEqualTo(204);
        HttpResponse<String> again = send("POST", of, body, "Idempotency-Key", "k1");
        assertThat(again.statusCode()).isEqualTo(204);
        assertThat(again.headers().firstValue("Idempotency-Replayed")).hasValue("true");
        JsonNode left = answered(get(of));
        assertThat(CompoundDocuments.ids(left.get("data"))).containsExactly(candidate);
        assertThat(errors(send("POST", of, data("[]"), "Idempotency-Key", "k1")))
                .containsExactly("422 idempotency_key_reused Idempotency-Key");
    }

    @Test
    void aBodyOfAnotherMediaTypeIsRefused() {
        HttpResponse<String> answer = server.raw(
                "PATCH",
                "/public/v2" + path,
                data("null"),
                "Authorization",
                "Bearer " + token,
                "Content-Type",
                "text/plain");
        assertThat(errors(answer)).containsExactly("415 unsupported_media_type Content-Type");
    }
}
