package dev.parley.server.messages;

import static dev.parley.server.messages.MessagesServer.A;
import static dev.parley.server.messages.MessagesServer.MESSAGES;
import static dev.parley.server.messages.MessagesServer.errors;
import static dev.parley.server.messages.MessagesServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@NullUnmarked
class ListMessagesTest extends MessagesCase {

    private static final String BY_THREAD = MESSAGES + "?filter%5BmessageThreadId%5D=";

    private static List<String> ids(HttpResponse<String> answer) {
        List<String> ids = new ArrayList<>();
        json(answer).get("data").forEach(one -> ids.add(one.get("id").stringValue()));
        return ids;
    }

    private String sendOneMore(UUID to) {
        server.clock.advance(Duration.ofSeconds(1));
        return server.accepted(to, "");
    }

    @Test
    void listsNewestFirstByPagesAndByThread() {
        UUID other = db.webThread(A);
        List<String> mine = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            mine.add(sendOneMore(thread));
        }
        String last = sendOneMore(other);
        String deleted = sendOneMore(thread);
        server.delete(deleted);
        String foreign = json(server.send(
                        MessagesServer.B,
                        "POST",
                        MESSAGES,
                        MessagesServer.text(db.webThread(MessagesServer.B), "x", "")))
                .at("/data/id")
                .stringValue();
        Collections.reverse(mine);
        HttpResponse<String> all = server.get(MESSAGES);
        assertThat(ids(all))
                .startsWith(last)
                .endsWith(mine.toArray(String[]::new))
                .hasSize(6)
                .doesNotContain(foreign);
        assertThat(json(all).get("meta").toString())
                .isEqualTo("{\"total\":6,\"totalUnfiltered\":6,\"currentSize\":25,\"currentPage\":1,\"maxPage\":1}");
        HttpResponse<String> page = server.get(BY_THREAD + thread + "&page%5Bsize%5D=2&page%5Bnumber%5D=2");
        assertThat(ids(page)).isEqualTo(mine.subList(2, 4));
        assertThat(json(page).get("meta").toString())
                .isEqualTo("{\"total\":5,\"totalUnfiltered\":6,\"currentSize\":2,\"currentPage\":2,\"maxPage\":3}");
        Collections.reverse(mine);
        assertThat(ids(server.get(BY_THREAD + thread + "&sort=createdAt"))).isEqualTo(mine);
        assertThat(ids(server.get(BY_THREAD + UUID.randomUUID()))).isEmpty();
        JsonNode first = json(server.get(MESSAGES + "?page%5Bsize%5D=1")).at("/data/0");
        assertThat(first).isEqualTo(json(server.get(last)).get("data"));
    }

    @Test
    void aMergedThreadIsFoundUnderBothIds() {
        String id = server.accepted(thread, "");
        UUID merged = db.thread(A, "web");
        db.run("update threads set merged_into = ? where id = ?", thread, merged);
        assertThat(ids(server.get(BY_THREAD + merged))).containsExactly(id);
    }

    @Test
    void showsInboundMessagesAsTheyAre() {
        String id = inbound("{\"type\":\"unsupported\",\"unsupported\":{\"type\":\"image\"}}");
        JsonNode attributes = json(server.get(id)).at("/data/attributes");
        assertThat(attributes.at("/payload/unsupported/type").stringValue()).isEqualTo("image");
        assertThat(attributes.get("origin").stringValue()).isEqualTo("inbound");
        assertThat(attributes.get("sendBy").isNull()).isTrue();
        assertThat(attributes.get("expiresAt").isNull()).isTrue();
        assertThat(attributes.at("/statusTimes/acceptedAt").isNull()).isTrue();
        assertThat(attributes.get("errorMessages").toString()).isEqualTo("[]");
    }

    @Test
    void anotherOrganizationsMessageLooksLikeNone() {
        String id = server.accepted(thread, "");
        for (String method : List.of("GET", "DELETE")) {
            HttpResponse<String> theirs = server.send(MessagesServer.B, method, id, null);
            HttpResponse<String> none =
                    server.send(MessagesServer.B, method, UUID.randomUUID().toString(), null);
            assertThat(theirs.statusCode()).isEqualTo(404);
            assertThat(theirs.body()).isEqualTo(none.body());
        }
        String patch = "{\"data\":{\"type\":\"messages\",\"attributes\":{\"sendBy\":\"x\"}}}";
        assertThat(errors(server.send(MessagesServer.B, "PATCH", id, patch))).containsExactly("404 not_found");
        assertThat(errors(server.send(MessagesServer.B, "GET", id + "/attempts", null)))
                .containsExactly("404 not_found");
        assertThat(server.get(id).statusCode()).isEqualTo(200);
        assertThat(errors(server.get("not-an-id"))).containsExactly("404 not_found");
    }

    @Test
    void listsUseTheirIndexes() {
        server.accepted(thread, "");
        copies(5_000, "gen_random_uuid()");
        assertThat(plan("and m.thread_id = '" + thread + "'"))
                .contains("messages_thread")
                .doesNotContain("Sort");
        assertThat(plan("")).contains("messages_newest").doesNotContain("Sort");
        assertThat(counting("and m.thread_id = '" + thread + "'")).contains("Index Only Scan using messages_thread");
        assertThat(counting("")).contains("Index Only Scan using messages_newest");
        assertThat(counting("and m.failed_at is not null")).contains("Index Only Scan using messages_failed");
    }

    /** Of a list so long that its length is an estimate, pages for a minute cost no count. */
    @Test
    void aLengthThatIsAnEstimateIsAtMostAMinuteOld() {
        server.accepted(thread, "");
        copies(10_050, "thread_id");
        String list = BY_THREAD + thread + "&page%5Bsize%5D=1";
        long total = estimated(server.get(list));
        assertThat(total).isGreaterThan(10_000);
        assertThat(ids(server.get(list))).hasSize(1);

        db.run("update messages set deleted_at = now() where id in (select id from messages limit 100)");
        assertThat(estimated(server.get(list))).isEqualTo(total);
        server.clock.advance(Duration.ofMinutes(1));
        JsonNode meta = json(server.get(list)).get("meta");
        assertThat(meta.get("total").intValue()).isEqualTo(9_951);
        assertThat(meta.get("totalUnfiltered").intValue()).isEqualTo(9_951);
        assertThat(meta.has("totalIsEstimate")).isFalse();

        db.run("update messages set deleted_at = null");
        assertThat(estimated(server.get(list))).isGreaterThan(10_000);
    }

    private static long estimated(HttpResponse<String> answer) {
        JsonNode meta = json(answer).get("meta");
        assertThat(meta.get("totalIsEstimate").booleanValue()).isTrue();
        return meta.get("total").longValue();
    }

    private void copies(int messages, String threadId) {
        db.run("insert into messages select organization_id, gen_random_uuid(), " + threadId
                + ", account_id, origin, send_by, payload, metadata, delivery_status, errors, phase, null, lane, tries,"
                + " accepted_at, sent_at, delivered_at, read_at, failed_at, scheduled_at, expires_at, doubt_since,"
                + " doubt_until, provider_message_id, context_message_id, version, created_at, updated_at, deleted_at"
                + " from messages, generate_series(1, " + messages + ")");
        db.run("vacuum analyze messages");
    }

    /** By which the list of failed ones finds them. */
    @Test
    void whatFailedHasATimeAndNothingElseHas() {
        server.accepted(thread, "");
        assertThatThrownBy(() -> db.run("update messages set delivery_status = 'failed'"))
                .hasMessageEndingWith("23514");
        assertThatThrownBy(() -> db.run("update messages set failed_at = now()"))
                .hasMessageEndingWith("23514");
        assertThat(db.run("update messages set delivery_status = 'failed', failed_at = now()"))
                .isEqualTo(1);
    }

    private String counting(String filter) {
        return db.rows("explain select count(*) from (select 1 from messages m where m.organization_id = '" + A
                        + "' and m.deleted_at is null " + filter + " limit 10001) n")
                .toString();
    }

    private String plan(String filter) {
        return db.rows("explain select * from messages m where m.organization_id = '" + A
                        + "' and m.deleted_at is null " + filter + " order by m.created_at desc, m.id desc limit 25")
                .toString();
    }
}
