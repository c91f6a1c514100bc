package dev.parley.server.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.server.platform.json.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Two numbers of one app, whose secret is changed at one account after the other. */
class UnroutedCallbackTest {

    private static final String SECOND = "109876543299";

    @TempDir
    private Path folder;

    @Test
    void whatComesBetweenTheTwoChangesIsAppliedAfterTheSecond() throws Exception {
        try (RunningServer server = new RunningServer(folder, "pp_operator-token-0123456789", Map.of())) {
            WhatsAppCustomer customer = new WhatsAppCustomer(
                    server, new WhatsAppCustomer.Secrets("access-token", "new-secret", "verify-token", "Acme"));
            WhatsAppCustomer.Secrets before =
                    new WhatsAppCustomer.Secrets("access-token", "old-secret", "verify-token", "Second");
            String second = customer.connect(SECOND, before, server.simulatorUrl())
                    .path("id")
                    .asString();
            callback(server, customer);
            assertThat(server.query("select concat_ws(' ', state, route_key) from callback_updates"))
                    .isEqualTo("set_aside " + SECOND);

            JsonNode change = Json.MAPPER.valueToTree(Map.of(
                    "data",
                    Map.of(
                            "type",
                            "channelAccounts",
                            "id",
                            second,
                            "attributes",
                            Map.of("settings", Map.of("appSecret", "new-secret")))));
            assertThat(server.api("PATCH", "/channel-accounts/" + second, customer.token, change.toString())
                            .statusCode())
                    .isEqualTo(200);
            sweep(server);
            await().until(
                            () -> server.query("select count(*) from messages where account_id = '" + second + "'"),
                            "1"::equals);
            assertThat(server.query("select count(*) from callback_updates")).isEqualTo("0");
        }
    }

    /** Runs the job that comes each minute. */
    private static void sweep(RunningServer server) throws Exception {
        String due =
                "update scheduled_tasks set execution_time = now() - interval '1 second' where task_name = 'callback-sweep'";
        server.sql(due);
        await().until(
                        () -> server.query(
                                "select execution_time > now() from scheduled_tasks where task_name = 'callback-sweep'"),
                        "t"::equals);
    }

    /** A message to the second number, at the first one's URL, as an app has one. */
    private static void callback(RunningServer server, WhatsAppCustomer customer) {
        Map<String, ?> message = Map.of(
                "from",
                "31612340009",
                "id",
                "wamid.between",
                "timestamp",
                Long.toString(System.currentTimeMillis() / 1000),
                "type",
                "text",
                "text",
                Map.of("body", "Hello"));
        Map<String, ?> value = Map.of(
                "messaging_product",
                "whatsapp",
                "metadata",
                Map.of("display_phone_number", "15550100009", "phone_number_id", SECOND),
                "messages",
                List.of(message));
        Map<String, ?> body = Map.of(
                "object",
                "whatsapp_business_account",
                "entry",
                List.of(Map.of("id", "209876543210", "changes", List.of(Map.of("field", "messages", "value", value)))));
        JsonNode answer = server.control(
                "/callback", Map.of("phoneNumberId", customer.phoneNumberId, "body", body, "signature", "valid"));
        assertThat(answer.path("answer").asInt()).as(answer.toString()).isEqualTo(200);
    }
}
