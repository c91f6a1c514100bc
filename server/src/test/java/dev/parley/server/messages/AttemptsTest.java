package dev.parley.server.messages;

import static dev.parley.server.messages.MessagesServer.A;
import static dev.parley.server.messages.MessagesServer.errors;
import static dev.parley.server.messages.MessagesServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.platform.json.Json;
import java.net.http.HttpResponse;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@NullUnmarked
class AttemptsTest extends MessagesCase {

    private static final UUID ACCOUNT = new UUID(7, 7);

    private void attempt(String id, int number, String outcome, Integer milliseconds, String reason, String error) {
        OffsetDateTime at = OffsetDateTime.parse("2024-05-07T14:20:46.9+00:00");
        db.run(
                """
                insert into attempts (organization_id, message_id, number, account_id, fence, outcome, opened_at, closed_at,
                    milliseconds, provider_message_id, provider_code, provider_error, reason)
                values (?, ?::uuid, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?::jsonb, ?)
                """,
                A,
                id,
                number,
                ACCOUNT,
                outcome,
                at,
                outcome == null ? null : at,
                milliseconds,
                "accepted".equals(outcome) ? "wamid.1" : null,
                error == null ? null : "131000",
                error,
                reason);
    }

    @Test
    void listsEachTryOldestFirst() {
        String id = server.accepted(thread, "");
        MessageError kept = new MessageError(
                "provider_unavailable",
                "Provider unavailable",
                "Wait.",
                true,
                new MessageError.Provider("131000", "x"));
        attempt(id, 5, null, null, null, null);
        attempt(id, 4, "accepted", 0, null, null);
        attempt(id, 3, "not_sent", 0, "the lease had too little left", null);
        attempt(id, 2, "refused", 84, null, Json.text(kept));
        attempt(id, 1, "refused", 84, null, "{\"error\":{\"code\":131000}}");
        HttpResponse<String> answer = server.get(id + "/attempts");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/vnd.api+json");
        JsonNode data = json(answer).get("data");
        assertThat(data).hasSize(5);
        assertThat(data.get(1)).isEqualTo(Json.MAPPER.readTree("""
                {"type":"attempts","id":"%s-2","attributes":{"number":2,"outcome":"refused","reason":null,
                 "channelAccountId":"%s","openedAt":"2024-05-07T14:20:46+00:00","closedAt":"2024-05-07T14:20:46+00:00",
                 "milliseconds":84,"providerMessageId":null,
                 "error":{"code":"provider_unavailable","title":"Provider unavailable","detail":"Wait.","retryable":true,
                          "provider":{"code":"131000","text":"x"}}}}
                """.formatted(id, ACCOUNT)));
        assertThat(data.at("/0/attributes/error/provider/code").stringValue()).isEqualTo("131000");
        assertThat(data.at("/2/attributes/milliseconds").isNull())
                .as("nothing was called")
                .isTrue();
        assertThat(data.at("/2/attributes/reason").stringValue()).isEqualTo("the lease had too little left");
        assertThat(data.at("/3/attributes/milliseconds").intValue())
                .as("it was quick")
                .isZero();
        assertThat(data.at("/3/attributes/providerMessageId").stringValue()).isEqualTo("wamid.1");
        for (String open : new String[] {"outcome", "closedAt", "milliseconds", "error"}) {
            assertThat(data.at("/4/attributes/" + open).isNull()).as(open).isTrue();
        }
    }

    @Test
    void isEmptyWhereNothingWasTriedAndTakesNoParameters() {
        String id = server.accepted(thread, "");
        assertThat(json(server.get(id + "/attempts")).get("data").toString()).isEqualTo("[]");
        assertThat(json(server.get(inbound("{\"type\":\"text\",\"text\":{\"value\":\"x\"}}") + "/attempts"))
                        .get("data"))
                .isEmpty();
        assertThat(errors(server.get(id + "/attempts?sort=number")))
                .containsExactly("400 unknown_query_parameter sort");
        assertThat(errors(server.get(UUID.randomUUID() + "/attempts"))).containsExactly("404 not_found");
        assertThat(errors(server.get("x/attempts"))).containsExactly("404 not_found");
    }

    private String told(String message, String event, long position, UUID organization, String type) {
        String id = UUID.randomUUID().toString();
        db.run(
                """
                insert into webhook_deliveries (organization_id, id, webhook_id, endpoint_id, position, event, resource_type,
                    resource_id, lane, status, attempts, created_at, updated_at)
                values (?, ?::uuid, ?, ?, ?, ?, ?, ?::uuid, 1, 'delivered', ?, ?, now())
                """,
                organization,
                id,
                ACCOUNT,
                ACCOUNT,
                position,
                event,
                type,
                message,
                """
                [{"time":"2024-05-07T14:20:46+00:00","statusCode":200,"error":null,"milliseconds":9}]""",
                OffsetDateTime.parse("2024-05-07T14:20:46.9+00:00"));
        return id;
    }

    @Test
    void showsWhichWebhooksTold() {
        String id = server.accepted(thread, "");
        assertThat(json(server.get(id + "/attempts")).get("meta").toString()).isEqualTo("{\"webhookLogs\":[]}");
        String create = told(id, "create", 1, A, "messages");
        String update = told(id, "update", 2, A, "messages");
        told(id, "update", 3, new UUID(9, 9), "messages");
        told(id, "update", 4, A, "candidates");
        JsonNode logs = json(server.get(id + "/attempts")).at("/meta/webhookLogs");
        assertThat(logs).hasSize(2);
        assertThat(logs.get(0).get("id").stringValue()).isEqualTo(update);
        assertThat(logs.get(1).toString()).isEqualTo("""
                {"id":"%s","webhookId":"%s","event":"create","status":"delivered","attempts":[{"time":\
                "2024-05-07T14:20:46+00:00","statusCode":200,"error":null,"milliseconds":9}],"nextAttemptAt":null,\
                "createdAt":"2024-05-07T14:20:46+00:00"}""".formatted(create, ACCOUNT));
    }
}
