package dev.parley.server.messages;

import static dev.parley.server.messages.MessagesServer.A;
import static dev.parley.server.messages.MessagesServer.errors;
import static dev.parley.server.messages.MessagesServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.platform.json.Json;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@NullUnmarked
class EditMessageTest extends MessagesCase {

    private static final String NEW_TEXT = "\"payload\":{\"type\":\"text\",\"text\":{\"value\":\"Changed\"}}";

    private String time(Duration fromNow) {
        return Json.time(server.clock.instant().plus(fromNow));
    }

    @Test
    void changesWhatIsGivenAndTellsIt() {
        String id = server.accepted(thread, ",\"metadata\":{\"a\":\"b\"}");
        server.clock.advance(Duration.ofMinutes(1));
        HttpResponse<String> answer = server.patch(
                id,
                "\"sendBy\":\"Jane\",\"metadata\":null," + NEW_TEXT + ",\"expiresAt\":\"" + time(Duration.ofHours(1))
                        + "\"");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        JsonNode data = json(answer).get("data");
        assertThat(data.at("/attributes/sendBy").stringValue()).isEqualTo("Jane");
        assertThat(data.at("/attributes/metadata").isNull()).isTrue();
        assertThat(data.at("/attributes/payload/text/value").stringValue()).isEqualTo("Changed");
        assertThat(data.at("/attributes/expiresAt").stringValue()).isEqualTo(time(Duration.ofHours(1)));
        assertThat(data.at("/attributes/updatedAt").stringValue()).isEqualTo(time(Duration.ZERO));
        assertThat(data.at("/meta/version").intValue()).isEqualTo(2);
        assertThat(json(server.get(id)).get("data")).isEqualTo(data);
        Map<String, Object> told = events(id).getLast();
        assertThat(told).containsEntry("event", "update").containsEntry("names", "{sendBy,payload,expiresAt,metadata}");
        assertThat(Json.MAPPER.readTree(told.get("state").toString()).get("attributes"))
                .isEqualTo(data.get("attributes"));
    }

    @Test
    void changesOnlyTheStateThatIsNamed() {
        String id = server.accepted(thread, "");
        String tag = server.get(id).headers().firstValue("ETag").orElseThrow();
        String body = "{\"data\":{\"type\":\"messages\",\"attributes\":{\"sendBy\":\"Jane\"}}}";
        assertThat(server.send(A, "PATCH", id, body, "If-Match", tag).statusCode())
                .isEqualTo(200);
        String other = body.replace("Jane", "John");
        assertThat(errors(server.send(A, "PATCH", id, other, "If-Match", tag)))
                .containsExactly("412 precondition_failed If-Match");
    }

    @Test
    void whatWasReadCanBeSentBackAndChangesNothing() {
        for (String id : List.of(
                server.accepted(thread, ",\"scheduledAt\":\"" + time(Duration.ofDays(1)) + "\""),
                server.accepted(thread, ",\"metadata\":{\"a\":\"b\"}"),
                inbound("{\"type\":\"unsupported\",\"unsupported\":{\"type\":\"image\"}}"))) {
            for (String phase : List.of("as it is", "done")) {
                if (phase.equals("done")) {
                    phase(id, phase);
                }
                ObjectNode read = json(server.get(id));
                int events = events(id).size();
                HttpResponse<String> answer = server.send(A, "PATCH", id, read);
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
                assertThat(json(answer).get("data")).isEqualTo(read.get("data"));
                assertThat(events(id)).as("nothing changed, nothing is told").hasSize(events);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"open", "doubt", "hold", "done"})
    void onceHandedOverOnlyWhatNoProviderSawCanChange(String phase) {
        String id = server.accepted(thread, "");
        phase(id, phase);
        assertThat(errors(server.patch(id, NEW_TEXT + ",\"expiresAt\":\"" + time(Duration.ofHours(1)) + "\"")))
                .containsExactly(
                        "409 already_sent /data/attributes/payload", "409 already_sent /data/attributes/expiresAt");
        assertThat(errors(server.patch(id, "\"scheduledAt\":\"" + time(Duration.ofHours(1)) + "\"")))
                .containsExactly("409 already_due /data/attributes/scheduledAt");
        HttpResponse<String> fine = server.patch(
                id,
                "\"sendBy\":\"Jane\",\"metadata\":{},\"payload\":{\"type\":\"text\",\"attributes\":{\"value\":\"Hello\"}}");
        assertThat(fine.statusCode()).as(fine.body()).isEqualTo(200);
        assertThat(events(id).getLast()).containsEntry("names", "{sendBy,metadata}");
        assertThat(db.row("select phase from messages")).containsEntry("phase", phase);
    }

    @Test
    void aMessageThatWaitsBetweenTriesCanChange() {
        String id = server.accepted(thread, "");
        db.run("update messages set tries = 2");
        assertThat(server.patch(id, NEW_TEXT).statusCode()).isEqualTo(200);
    }

    @Test
    void theLimitOfTheThreadsChannelHoldsAgain() {
        db.account(A, "whatsapp", true);
        UUID whatsapp = db.thread(A, "whatsapp");
        String id = server.accepted(whatsapp, ",\"scheduledAt\":\"" + time(Duration.ofHours(1)) + "\"");
        String text = "\"payload\":{\"type\":\"text\",\"text\":{\"value\":\"" + "x".repeat(21) + "\"}}";
        HttpResponse<String> answer = server.patch(id, text);
        assertThat(errors(answer)).containsExactly("422 invalid_value /data/attributes/payload/text/value");
        assertThat(json(answer).at("/errors/0/detail").stringValue()).contains("20 characters");
        assertThat(errors(server.patch(id, "\"payload\":{\"type\":\"image\",\"image\":{}}")))
                .containsExactly("422 invalid_value /data/attributes/payload/type");
    }

    @Test
    void aScheduledMessageMovesWithItsExpiryUntilItIsDue() {
        String id = server.accepted(thread, ",\"scheduledAt\":\"" + time(Duration.ofDays(1)) + "\"");
        JsonNode moved = json(server.patch(id, "\"scheduledAt\":\"" + time(Duration.ofDays(3)) + "\""))
                .at("/data/attributes");
        assertThat(moved.get("scheduledAt").stringValue()).isEqualTo(time(Duration.ofDays(3)));
        assertThat(moved.get("expiresAt").stringValue()).isEqualTo(time(Duration.ofDays(4)));
        assertThat(db.row("select phase from messages")).containsEntry("phase", "scheduled");
        assertThat(errors(server.patch(id, "\"scheduledAt\":\"" + time(Duration.ofDays(400)) + "\"")))
                .containsExactly("422 invalid_value /data/attributes/scheduledAt");
        assertThat(errors(server.patch(id, "\"expiresAt\":\"" + time(Duration.ofDays(2)) + "\"")))
                .containsExactly("422 invalid_value /data/attributes/expiresAt");
        server.patch(id, "\"expiresAt\":\"" + time(Duration.ofDays(5)) + "\"");
        assertThat(errors(server.patch(id, "\"scheduledAt\":\"" + time(Duration.ofDays(6)) + "\"")))
                .containsExactly("422 invalid_value /data/attributes/scheduledAt");
        assertThat(json(server.patch(id, "\"expiresAt\":null"))
                        .at("/data/attributes/expiresAt")
                        .stringValue())
                .as("the default again")
                .isEqualTo(time(Duration.ofDays(4)));
        server.clock.advance(Duration.ofDays(3));
        assertThat(errors(server.patch(id, "\"scheduledAt\":\"" + time(Duration.ofDays(1)) + "\"")))
                .containsExactly("409 already_due /data/attributes/scheduledAt");
    }

    @Test
    void nullMeansAtOnceAndTheSweepThenFindsItDue() {
        String id = server.accepted(thread, ",\"scheduledAt\":\"" + time(Duration.ofDays(1)) + "\"");
        JsonNode now = json(server.patch(id, "\"scheduledAt\":null")).at("/data/attributes");
        assertThat(now.get("scheduledAt").stringValue()).isEqualTo(time(Duration.ZERO));
        assertThat(db.rows("select 1 from messages where phase = 'scheduled' and scheduled_at <= parley_now()"))
                .hasSize(1);
    }

    @Test
    void ofAnInboundMessageOnlyTheMetadata() {
        String id = inbound("{\"type\":\"text\",\"text\":{\"value\":\"Hi\"}}");
        assertThat(errors(server.patch(
                        id, "\"sendBy\":\"x\",\"expiresAt\":\"" + time(Duration.ofDays(1)) + "\"," + NEW_TEXT)))
                .containsExactlyInAnyOrder(
                        "422 invalid_value /data/attributes/sendBy",
                        "409 already_sent /data/attributes/payload",
                        "422 invalid_value /data/attributes/expiresAt");
        HttpResponse<String> fine = server.patch(id, "\"metadata\":{\"seen\":\"yes\"}");
        assertThat(fine.statusCode()).isEqualTo(200);
        assertThat(events(id).getLast()).containsEntry("names", "{metadata}");
        assertThat(errors(server.patch(server.accepted(thread, ""), "\"sendBy\":null")))
                .containsExactly("422 invalid_value /data/attributes/sendBy");
    }
}
