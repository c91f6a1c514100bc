package dev.parley.server.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Messages among the operations of one request. */
@NullUnmarked
class OperationMessagesTest extends OperationsCase {

    private static String message(String thread, String text, String more) {
        return "{\"op\":\"add\",\"data\":{\"type\":\"messages\"" + more
                + ",\"attributes\":{\"sendBy\":\"John\",\"payload\":{\"type\":\"text\",\"text\":{\"value\":\"" + text
                + "\"}}},\"relationships\":{\"messageThread\":{\"data\":{\"type\":\"messageThreads\"," + thread
                + "}}}}}";
    }

    private static final String WEB_THREAD = "{\"op\":\"add\",\"data\":{\"type\":\"messageThreads\",\"lid\":\"t\","
            + "\"attributes\":{\"channel\":\"web\",\"identifier\":\"visitor-1\"}}}";

    @Test
    void messagesArePartOfItAndAreSentOnceItIsCommitted() throws Exception {
        server.site(token);
        HttpResponse<String> answer = operations(message("\"lid\":\"t\"", "too early", ""), WEB_THREAD);
        assertThat(errors(answer))
                .containsExactly("422 invalid_value /atomic:operations/0/data/relationships/messageThread/data/lid");
        HttpResponse<String> done = operations(
                WEB_THREAD,
                message("\"lid\":\"t\"", "one", ""),
                message("\"lid\":\"t\"", "two", ""),
                ADD_CANDIDATE.formatted("1"));
        assertThat(done.statusCode()).as(done.body()).isEqualTo(200);
        JsonNode results = json(done).path("atomic:results");
        assertThat(results.at("/1/data/attributes/payload/text/value").asString())
                .isEqualTo("one");
        assertThat(results.at("/3/data/type").asString()).isEqualTo("candidates");
        String rename = "{\"op\":\"update\",\"data\":{\"type\":\"messages\",\"id\":\""
                + results.at("/1/data/id").asString() + "\",\"attributes\":{\"sendBy\":\"Jane\"}}}";
        assertThat(post(ATOMIC, document(rename), "If-Match", "\"0.x\"").statusCode())
                .as("a header can't mean one of several")
                .isEqualTo(200);
        String thread = results.at("/0/data/id").asString();
        assertThat(server.query(
                        "select string_agg(payload->'text'->>'value', ',' order by seq) from messages where thread_id = '"
                                + thread + "'"))
                .isEqualTo("one,two");
        await().until(() -> server.query(
                        "select count(*) from messages where thread_id = '" + thread + "' and phase = 'done'")
                .equals("2"));
    }

    @Test
    void aMessageThatIsRefusedUndoesTheRest() throws Exception {
        server.site(token);
        String id = UUID.randomUUID().toString();
        HttpResponse<String> answer = operations(
                WEB_THREAD,
                message("\"lid\":\"t\"", "one", ",\"id\":\"" + id + "\""),
                message("\"lid\":\"t\"", "two", ",\"id\":\"" + id + "\""));
        assertThat(errors(answer)).containsExactly("409 id_taken /atomic:operations/2/data/id");
        HttpResponse<String> nowhere =
                operations(ADD_CANDIDATE.formatted("1"), message("\"id\":\"" + id + "\"", "one", ""));
        assertThat(errors(nowhere))
                .containsExactly("404 related_not_found /atomic:operations/1/data/relationships/messageThread/data/id");
        assertThat(List.of(count("threads"), count("messages"), count("candidates"), count("thread_dispatch")))
                .containsOnly("0");
        assertThat(server.query(
                        "select count(*) from events where resource_type in ('messages', 'candidates') and organization_id = '"
                                + organization + "'"))
                .isEqualTo("0");
    }
}
