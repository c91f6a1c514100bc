package dev.parley.server.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.server.platform.json.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** One update among others that nobody can apply, through the whole server. */
class PoisonousCallbackTest {

    private static final List<String> PHONES = List.of("31612340001", "31612340002", "31612340003");
    private static final String POISON = PHONES.get(1);

    @TempDir
    private static Path folder;

    private static RunningServer server;
    private static WhatsAppCustomer customer;

    @BeforeAll
    static void start() {
        server = new RunningServer(folder, "pp_operator-token-0123456789", Map.of("log.level", "error"));
        customer = new WhatsAppCustomer(
                server, new WhatsAppCustomer.Secrets("access-token", "app-secret", "verify-token", "Acme"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void blocksNeitherThoseOfItsCallbackNorThoseAfterItAndIsKept() throws Exception {
        server.sql("alter table messages add constraint poison check (payload::text not like '%from " + POISON
                + "%') not valid");
        PHONES.forEach(phone -> customer.thread(phone));
        callback("first", PHONES);
        await().untilAsserted(() -> assertThat(texts())
                .containsExactlyInAnyOrder("first from " + PHONES.getFirst(), "first from " + PHONES.getLast()));
        await().until(() -> server.metric("parley_callbacks_kept{state=\"set_aside\"}") == 1);

        callback("second", PHONES);
        callback("third", List.of(PHONES.getLast()));
        await().untilAsserted(() -> assertThat(texts())
                .containsExactlyInAnyOrder(
                        "first from " + PHONES.getFirst(),
                        "second from " + PHONES.getFirst(),
                        "first from " + PHONES.getLast(),
                        "second from " + PHONES.getLast(),
                        "third from " + PHONES.getLast()));
        assertThat(server.query("select count(*) from callback_updates where state = 'set_aside' and body like '%from "
                        + POISON + "%'"))
                .isEqualTo("2");
        assertThat(server.query("select count(*) from callback_updates where state <> 'set_aside'"))
                .isEqualTo("0");
        // What it stumbled over being gone, its candidate is heard again.
        server.sql("alter table messages drop constraint poison");
        callback("fourth", List.of(POISON));
        await().untilAsserted(() -> assertThat(texts()).contains("fourth from " + POISON));
    }

    /** One callback in which each of these candidates says something. */
    private static void callback(String text, List<String> phones) {
        List<Map<String, ?>> messages = new ArrayList<>();
        for (String phone : phones) {
            messages.add(Map.of(
                    "from",
                    phone,
                    "id",
                    "wamid." + text + phone,
                    "timestamp",
                    Long.toString(System.currentTimeMillis() / 1000),
                    "type",
                    "text",
                    "text",
                    Map.of("body", text + " from " + phone)));
        }
        Map<String, ?> value = Map.of(
                "messaging_product",
                "whatsapp",
                "metadata",
                Map.of("display_phone_number", "15550100002", "phone_number_id", customer.phoneNumberId),
                "messages",
                messages);
        Map<String, ?> change = Map.of("field", "messages", "value", value);
        Map<String, ?> body = Map.of(
                "object",
                "whatsapp_business_account",
                "entry",
                List.of(Map.of("id", "209876543210", "changes", List.of(change))));
        JsonNode answer = server.control(
                "/callback", Map.of("phoneNumberId", customer.phoneNumberId, "body", body, "signature", "valid"));
        assertThat(answer.path("answer").asInt()).as(answer.toString()).isEqualTo(200);
    }

    private static List<String> texts() {
        JsonNode listed = Json.MAPPER.readTree(server.api("GET", "/messages?page%5Bsize%5D=100", customer.token, null)
                .body());
        return listed.path("data")
                .valueStream()
                .map(message -> message.at("/attributes/payload/text/value").asString())
                .toList();
    }
}
