package dev.parley.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.simulator.callbacks.Signature;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class CallbackTest extends SimulatorTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "test_app_secret|{\"object\":\"whatsapp_business_account\",\"entry\":[]}|dec6a680679a968e7e0319355b23599cbfc54502c0784668e9618baa0c633756",
                "test_app_secret|{\"object\": \"whatsapp_business_account\", \"entry\": []}|56cbbaf4961c6cfdae48b7f116c047e5eb513d2c931baae63a2bc1afd26f803a",
                "otro_secreto|{\"object\":\"whatsapp_business_account\",\"entry\":[]}|769b03d8c2ae6498f2d1e1f7299c0ba55448c69d741e7b0bb243d852d8a8d8c7"
            })
    void shouldSignTheRawBytes(String secret, String body, String hex) throws Exception {
        control(
                "POST",
                "/numbers",
                "{\"phoneNumberId\":\"%s\",\"appSecret\":\"%s\",\"callbackUrl\":\"%s\"}"
                        .formatted(NUMBER, secret, receiver.url()));
        var raw = dev.parley.simulator.json.Json.object()
                .put("phoneNumberId", NUMBER)
                .put("raw", body);
        assertThat(control("POST", "/callback", raw.toString()).path("answer").asInt())
                .isEqualTo(200);
        assertThat(receiver.received.getFirst().text()).isEqualTo(body);
        assertThat(receiver.received.getFirst().signature()).isEqualTo("sha256=" + hex);
    }

    @ParameterizedTest
    @CsvSource({"valid", "wrong", "none"})
    void shouldBreakTheSignatureOnRequest(String how) throws Exception {
        control(
                "POST",
                "/callback",
                "{\"phoneNumberId\":\"%s\",\"body\":{\"a\":\"é\"},\"signature\":\"%s\"}".formatted(NUMBER, how));
        Receiver.Received got = receiver.received.getFirst();
        assertThat(got.text()).isEqualTo("{\"a\":\"\\u00e9\"}");
        String right = Signature.of(SECRET, got.body());
        switch (how) {
            case "valid" -> assertThat(got.signature()).isEqualTo(right);
            case "wrong" -> assertThat(got.signature()).startsWith("sha256=").isNotEqualTo(right);
            default -> assertThat(got.signature()).isNull();
        }
    }

    @Test
    void shouldCallBackEveryStatusInDocumentedShape() throws Exception {
        register(",\"batch\":1,\"delaysMs\":[0,100,200]");
        String id = id(send("+16505551234", "x", "réf"));
        assertThat(awaitStatuses(3)).containsExactly("sent", "delivered", "read");
        Receiver.Received first = receiver.received.getFirst();
        assertThat(first.signature()).isEqualTo(Signature.of(SECRET, first.body()));
        assertThat(first.text())
                .isEqualTo(
                        "{\"object\":\"whatsapp_business_account\",\"entry\":[{\"id\":\"102290129340398\",\"changes\":[{\"value\":{\"messaging_product\":\"whatsapp\",\"metadata\":{\"display_phone_number\":\"15550783881\",\"phone_number_id\":\"106540352242922\"},\"contacts\":[{\"profile\":{\"name\":\"Simulated Person\"},\"wa_id\":\"16505551234\"}],\"statuses\":[{\"id\":\"%s\",\"status\":\"sent\",\"timestamp\":\"%d\",\"recipient_id\":\"16505551234\",\"biz_opaque_callback_data\":\"r\\u00e9f\",\"pricing\":{\"billable\":false,\"pricing_model\":\"PMP\",\"type\":\"free_customer_service\",\"category\":\"service\"}}]},\"field\":\"messages\"}]}]}"
                                .formatted(id, now.getEpochSecond()));
        assertThat(receiver.all("statuses"))
                .allMatch(s -> s.path("id").asString().equals(id)
                        && s.path("biz_opaque_callback_data").asString().equals("réf"));
    }

    @Test
    void shouldWriteAsAPersonInDocumentedShape() throws Exception {
        JsonNode answer = control(
                "POST",
                "/reply",
                "{\"phoneNumberId\":\"%s\",\"from\":\"+16505551234\",\"name\":\"Sheena Nelson\",\"text\":\"Jä 😀\",\"messageId\":\"wamid.one\",\"timestamp\":1749416383,\"wait\":true}"
                        .formatted(NUMBER));
        assertThat(answer.toString()).isEqualTo("{\"ids\":[\"wamid.one\"],\"answer\":200}");
        assertThat(receiver.received.getFirst().text())
                .isEqualTo(
                        "{\"object\":\"whatsapp_business_account\",\"entry\":[{\"id\":\"102290129340398\",\"changes\":[{\"value\":{\"messaging_product\":\"whatsapp\",\"metadata\":{\"display_phone_number\":\"15550783881\",\"phone_number_id\":\"106540352242922\"},\"contacts\":[{\"profile\":{\"name\":\"Sheena Nelson\"},\"wa_id\":\"16505551234\"}],\"messages\":[{\"from\":\"16505551234\",\"id\":\"wamid.one\",\"timestamp\":\"1749416383\",\"type\":\"text\",\"text\":{\"body\":\"J\\u00e4 \\ud83d\\ude00\"}}]},\"field\":\"messages\"}]}]}");
    }

    @Test
    void shouldWriteAsAUserIdAndAnyKindOfMessage() throws Exception {
        JsonNode answer = control(
                "POST",
                "/reply",
                "{\"phoneNumberId\":\"%s\",\"userId\":\"US.1349\",\"message\":{\"type\":\"reaction\",\"reaction\":{\"message_id\":\"wamid.x\"}},\"wait\":true}"
                        .formatted(NUMBER));
        assertThat(answer.path("answer").asInt()).isEqualTo(200);
        JsonNode message = receiver.all("messages").getFirst();
        assertThat(message.has("from")).isFalse();
        assertThat(message.path("from_user_id").asString()).isEqualTo("US.1349");
        assertThat(message.path("type").asString()).isEqualTo("reaction");
        assertThat(receiver.all("contacts").getFirst().has("wa_id")).isFalse();
    }

    @Test
    void shouldPutAThousandUpdatesIntoOnePostOverSeveralEntriesAndChanges() throws Exception {
        // Whatever is posted at once, the rest gathers until all are there.
        register(",\"gatherMs\":1500");
        JsonNode answer = control(
                "POST",
                "/reply",
                "{\"phoneNumberId\":\"%s\",\"from\":\"16505551234\",\"text\":\"no {n}\",\"count\":1000,\"wait\":true}"
                        .formatted(NUMBER));
        assertThat(answer.path("ids")).hasSize(1000);
        assertThat(receiver.all("messages")).hasSize(1000);
        assertThat(receiver.received).hasSizeLessThanOrEqualTo(2);
        Receiver.Received larger = receiver.received.stream()
                .max(Comparator.comparingInt(one -> one.body().length))
                .orElseThrow();
        assertThat(larger.json().path("entry").size()).isGreaterThan(1);
        assertThat(larger.json().path("entry").path(0).path("changes").size()).isGreaterThan(1);
        assertThat(larger.signature()).isEqualTo(Signature.of(SECRET, larger.body()));
        var ids = new HashSet<String>();
        receiver.all("messages").forEach(m -> ids.add(m.path("id").asString()));
        assertThat(ids).hasSize(1000);
        assertThat(receiver.all("messages").getLast().path("text").path("body").asString())
                .isEqualTo("no 1000");
    }

    @Test
    void shouldKeepBodiesUnderThreeMegabytes() throws Exception {
        control(
                "POST",
                "/reply",
                "{\"phoneNumberId\":\"%s\",\"from\":\"16505551234\",\"text\":\"%s\",\"count\":300,\"wait\":true}"
                        .formatted(NUMBER, "é".repeat(4096)));
        await().until(() -> receiver.all("messages").size() == 300);
        assertThat(receiver.received).hasSizeGreaterThan(1).allMatch(one -> one.body().length <= 3_000_000);
    }

    @Test
    void shouldTryAgainUntilAnswered200() throws Exception {
        register(",\"statuses\":[\"sent\"],\"delaysMs\":[0],\"retryGapMs\":5,\"retryMaxGapMs\":20");
        receiver.failures.set(4);
        send();
        awaitStatuses(5);
        assertThat(receiver.received).hasSize(5);
        assertThat(receiver.received.stream().map(Receiver.Received::text).distinct())
                .hasSize(1);
        JsonNode callbacks = ledger().path(0).path("callbacks");
        assertThat(callbacks.findValuesAsString("answer")).containsExactly("503", "503", "503", "503", "200");
        assertThat(callbacks.findValuesAsString("attempt")).containsExactly("1", "2", "3", "4", "5");
    }

    @Test
    void shouldGiveUpWhenAllTriesFailed() throws Exception {
        register(",\"statuses\":[\"sent\"],\"delaysMs\":[0],\"retryGapMs\":1,\"retryMaxGapMs\":1,\"retryAttempts\":3");
        receiver.close();
        send();
        await().until(() ->
                control("GET", "/stats", null).path("callbackUpdatesGivenUp").asInt() == 1);
        assertThat(ledger().path(0).path("callbacks").findValuesAsString("answer"))
                .containsExactly("0", "0", "0");
    }

    @Test
    void shouldShakeHands() throws Exception {
        String request = "{\"phoneNumberId\":\"" + NUMBER + "\",\"verifyToken\":\"%s\"}";
        assertThat(control("POST", "/verify", request.formatted("token")).toString())
                .isEqualTo("{\"verified\":true,\"answer\":200}");
        assertThat(control("POST", "/verify", request.formatted("other")).toString())
                .isEqualTo("{\"verified\":false,\"answer\":403}");
    }

    @Test
    void shouldEscapeInLowerCase() {
        assertThat(new String(
                        dev.parley.simulator.json.Json.MAPPER.writeValueAsBytes("ÿ\u00ad"), StandardCharsets.US_ASCII))
                .isEqualTo("\"\\u00ff\\u00ad\"");
    }
}
