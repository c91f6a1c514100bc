package dev.parley.server.messages;

import static dev.parley.server.messages.MessagesServer.A;
import static dev.parley.server.messages.MessagesServer.document;
import static dev.parley.server.messages.MessagesServer.errors;
import static dev.parley.server.messages.MessagesServer.json;
import static dev.parley.server.messages.MessagesServer.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.platform.json.Json;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@NullUnmarked
class CreateMessageTest extends MessagesCase {

    private String time(Duration fromNow) {
        return Json.time(server.clock.instant().plus(fromNow));
    }

    /** The requests that the public documentation prints. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                """
                {"data":{"type":"messages","attributes":{"sendBy":"John","payload":{"type":"text","text":{"value":"Hello"}}},\
                "relationships":{"messageThread":{"data":{"type":"messageThreads","id":"<thread>"}}}}}""",
                """
                {"data":{"type":"messages","attributes":{"sendBy":"John","payload":{"type":"text","text":{"value":"Hello"}}},\
                "relationships":{"messageThread":{"data":[{"type":"messageThreads","id":"<thread>"}]}}}}""",
                """
                {"data":{"type":"messages","attributes":{"sendBy":"John","messageThreadId":"<thread>",\
                "payload":{"type":"text","text":{"value":"Hello"}}}}}""",
                """
                {"data":{"type":"messages","attributes":{"sendBy":"John","messageThreadId":"<thread>",\
                "payload":{"type":"text","attributes":{"value":"Hello"}}}}}""",
                """
                {"data":{"type":"messages","attributes":{"messageThreadId":"<thread>",\
                "payload":{"type":"Text","send_by":"John","text":{"value":"Hello"}}}}}""",
                """
                {"data":{"type":"messages","attributes":{"send_by":"John","messageThreadId":"<thread>",\
                "payload":{"type":"text","text":{"value":"Hello"}}}}}""",
            })
    void acceptsEachDocumentedForm(String body) {
        HttpResponse<String> answer = server.post(body.replace("<thread>", thread.toString()), "Accept", "*/*");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        JsonNode attributes = json(answer).at("/data/attributes");
        assertThat(attributes.get("sendBy").stringValue()).isEqualTo("John");
        assertThat(attributes.get("payload").toString())
                .isEqualTo("{\"type\":\"text\",\"text\":{\"value\":\"Hello\"}}");
    }

    @Test
    void answersTheWholeResourceAsItIsReadAndToldLater() {
        HttpResponse<String> answer =
                server.post(text(thread, "Grüße 👋", ",\"metadata\":{\"vacancy\":\"4711\",\"a\":\"\"}"));
        ObjectNode data = (ObjectNode) json(answer).get("data");
        String id = data.get("id").stringValue();
        assertThat(answer.headers().firstValue("Location")).hasValue(MessagesServer.MESSAGES + "/" + id);
        assertThat(UUID.fromString(id).version()).isEqualTo(7);
        String now = time(Duration.ZERO);
        assertThat(data.get("attributes"))
                .isEqualTo(Json.MAPPER.readTree("""
                        {"sendBy":"John","origin":"outbound","messageThreadId":"%s",
                         "payload":{"type":"text","text":{"value":"Grüße 👋"}},"deliveryStatus":"accepted","errorMessages":[],
                         "statusTimes":{"acceptedAt":"%s","sentAt":null,"deliveredAt":null,"readAt":null,"failedAt":null},
                         "scheduledAt":null,"expiresAt":"%s","metadata":{"vacancy":"4711","a":""},
                         "createdAt":"%s","updatedAt":"%s"}
                        """.formatted(thread, now, time(Duration.ofHours(24)), now, now)));
        assertThat(data.get("meta").toString()).isEqualTo("{\"version\":1}");
        assertThat(data.at("/relationships/messageThread/data/id").stringValue())
                .isEqualTo(thread.toString());
        assertThat(data.at("/relationships/organization/data/id").stringValue()).isEqualTo(A.toString());
        assertThat(json(server.get(id)).get("data")).isEqualTo(data);
        JsonNode told = Json.MAPPER.readTree(events(id).getFirst().get("state").toString());
        assertThat(told.get("attributes")).isEqualTo(data.get("attributes"));
        assertThat(told.get("meta")).isEqualTo(data.get("meta"));
    }

    @Test
    void takesTheCallersIdOnceAndReadOnlyMembersNotAtAll() {
        UUID id = UUID.randomUUID();
        String body = text(thread, "x", ",\"deliveryStatus\":\"read\",\"createdAt\":\"2024-05-07T14:20:46+00:00\"")
                .replace("\"attributes\"", "\"id\":\"" + id + "\",\"attributes\"");
        HttpResponse<String> first = server.post(body);
        assertThat(json(first).at("/data/id").stringValue()).isEqualTo(id.toString());
        assertThat(json(first).at("/meta/ignored").toString()).isEqualTo("[\"deliveryStatus\",\"createdAt\"]");
        assertThat(errors(server.post(body))).containsExactly("409 id_taken /data/id");
        assertThat(server.delete(id.toString()).statusCode()).isEqualTo(204);
        assertThat(errors(server.post(body))).containsExactly("409 id_taken /data/id");
    }

    @Test
    void aClosedWindowIsAFailedMessage() {
        db.account(A, "whatsapp", true);
        UUID closed = db.thread(A, "whatsapp");
        HttpResponse<String> answer = server.post(text(closed, "x", ""));
        assertThat(answer.statusCode()).isEqualTo(201);
        JsonNode data = json(answer).get("data");
        assertThat(data.at("/attributes/deliveryStatus").stringValue()).isEqualTo("failed");
        assertThat(data.at("/attributes/errorMessages/0/code").stringValue()).isEqualTo("conversation_window_closed");
        assertThat(data.at("/attributes/errorMessages/0").has("provider")).isFalse();
        assertThat(data.at("/attributes/statusTimes/failedAt").stringValue()).isEqualTo(time(Duration.ZERO));
        assertThat(data.at("/meta/version").intValue()).isEqualTo(2);
        assertThat(json(server.get(data.get("id").stringValue())).get("data")).isEqualTo(data);
    }

    @Test
    void schedules() {
        String at = time(Duration.ofDays(2));
        HttpResponse<String> answer = server.post(text(thread, "x", ",\"scheduledAt\":\"" + at + "\""));
        JsonNode attributes = json(answer).at("/data/attributes");
        assertThat(attributes.get("scheduledAt").stringValue()).isEqualTo(at);
        assertThat(attributes.get("expiresAt").stringValue()).isEqualTo(time(Duration.ofDays(3)));
        assertThat(db.row("select phase, lane from messages"))
                .containsEntry("phase", "scheduled")
                .containsEntry("lane", 1);
        JsonNode passed = json(server.post(text(thread, "x", ",\"scheduledAt\":\"2024-05-07T14:20:46+00:00\"")))
                .at("/data/attributes");
        assertThat(passed.get("scheduledAt").isNull())
                .as("a time that has passed means at once")
                .isTrue();
        assertThat(db.rows("select 1 from messages where phase = 'queued' and lane = 0"))
                .hasSize(1);
    }

    @Test
    void refusesTimesOutOfRange() {
        String base = "/data/attributes/";
        assertThat(errors(server.post(text(thread, "x", ",\"scheduledAt\":\"" + time(Duration.ofDays(367)) + "\""))))
                .containsExactly("422 invalid_value " + base + "scheduledAt");
        for (String expiry : List.of(
                time(Duration.ZERO),
                time(Duration.ofHours(-1)),
                time(Duration.ofDays(30).plusSeconds(2)))) {
            assertThat(errors(server.post(text(thread, "x", ",\"expiresAt\":\"" + expiry + "\""))))
                    .containsExactly("422 invalid_value " + base + "expiresAt");
        }
        String scheduled = ",\"scheduledAt\":\"" + time(Duration.ofDays(2)) + "\",\"expiresAt\":\"";
        assertThat(errors(server.post(text(thread, "x", scheduled + time(Duration.ofDays(1)) + "\""))))
                .containsExactly("422 invalid_value " + base + "expiresAt");
        assertThat(server.post(text(thread, "x", scheduled + time(Duration.ofDays(31)) + "\""))
                        .statusCode())
                .isEqualTo(201);
    }

    @Test
    void saysWhatIsMissingAndWhatIsWrong() {
        assertThat(errors(server.post(document(""))))
                .containsExactlyInAnyOrder(
                        "422 missing_member /data/attributes",
                        "422 missing_member /data/attributes",
                        "422 missing_member /data/attributes");
        assertThat(errors(server.post(text(thread, "", ",\"sendby\":1,\"metadata\":{\"\":\"x\",\"a\":1}"))))
                .containsExactlyInAnyOrder(
                        "422 unknown_attribute /data/attributes/sendby",
                        "422 invalid_value /data/attributes/payload/text/value",
                        "422 invalid_value /data/attributes/metadata/",
                        "422 invalid_value /data/attributes/metadata/a");
        assertThat(db.rows("select 1 from messages")).isEmpty();
    }

    @Test
    void refusesWhatNoDatabaseStoresInsideThePayloadToo() {
        for (String bad : List.of("\\u0000", "a\\ud83d", "\\udc4b")) {
            assertThat(errors(server.post(text(thread, bad, ""))))
                    .containsExactly("422 invalid_value /data/attributes/payload/text/value");
            assertThat(errors(server.post(text(thread, "x", ",\"metadata\":{\"k\":\"" + bad + "\"}"))))
                    .containsExactly("422 invalid_value /data/attributes/metadata/k");
            assertThat(server.post(text(thread, "x", ",\"metadata\":{\"" + bad + "\":\"v\"}"))
                            .statusCode())
                    .as("half a pair in a name is not even read")
                    .isIn(400, 422);
        }
        assertThat(server.post(text(thread, "\\ud83d\\udc4b", "")).statusCode()).isEqualTo(201);
    }

    @Test
    void onlyTextsAreServed() {
        for (String type : List.of("image", "template", "unsupported", "x")) {
            String body = text(thread, "x", "").replace("\"type\":\"text\"", "\"type\":\"" + type + "\"");
            HttpResponse<String> answer = server.post(body);
            assertThat(errors(answer)).containsExactly("422 invalid_value /data/attributes/payload/type");
            assertThat(json(answer).at("/errors/0/detail").stringValue()).contains("text");
        }
    }

    @Test
    void saysWhyTheWorkItselfRefusedIt() {
        UUID silent = db.thread(A, "sms");
        UUID foreign = db.webThread(MessagesServer.B);
        assertThat(errors(server.post(text(silent, "x", ""))))
                .containsExactly("422 no_channel_account /data/attributes/messageThreadId");
        assertThat(errors(server.post(text(foreign, "x", ""))))
                .containsExactly("404 related_not_found /data/attributes/messageThreadId");
        String byRelationship = """
                {"data":{"type":"messages","attributes":{"sendBy":"John","payload":{"type":"text","text":{"value":"x"}}},
                "relationships":{"messageThread":{"data":{"type":"messageThreads","id":"%s"}}}}}
                """.formatted(UUID.randomUUID());
        assertThat(errors(server.post(byRelationship)))
                .containsExactly("404 related_not_found /data/relationships/messageThread/data/id");
    }

    @Test
    void theChannelsLimitCountsCodeUnits() {
        db.account(A, "whatsapp", true);
        UUID whatsapp = db.thread(A, "whatsapp");
        assertThat(server.post(text(whatsapp, "👋".repeat(10), "")).statusCode())
                .isEqualTo(201);
        for (String tooLong : List.of("👋".repeat(10) + "x", "x".repeat(21))) {
            HttpResponse<String> answer = server.post(text(whatsapp, tooLong, ""));
            assertThat(errors(answer)).containsExactly("422 invalid_value /data/attributes/payload/text/value");
            assertThat(json(answer).at("/errors/0/detail").stringValue()).contains("20 characters");
        }
        assertThat(server.post(text(thread, "x".repeat(40), "")).statusCode()).isEqualTo(201);
        assertThat(server.post(text(thread, " ", "")).statusCode())
                .as("a blank is a character")
                .isEqualTo(201);
        assertThat(json(server.post(text(thread, "x".repeat(41), "")))
                        .at("/errors/0/detail")
                        .stringValue())
                .contains("40 characters");
    }
}
