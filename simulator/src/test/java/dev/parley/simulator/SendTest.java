package dev.parley.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.simulator.json.Json;
import java.net.http.HttpResponse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SendTest extends SimulatorTest {

    @Test
    void shouldAnswerAsGraphDoes() throws Exception {
        HttpResponse<String> answer = send("+1 (650) 555-1234", "Hello", "ref");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(id(answer)).matches("wamid\\.HBgL[A-Za-z0-9+/]+=*");
        assertThat(answer.body())
                .isEqualTo(
                        "{\"messaging_product\":\"whatsapp\",\"contacts\":[{\"input\":\"+1 (650) 555-1234\",\"wa_id\":\"16505551234\"}],\"messages\":[{\"id\":\""
                                + id(answer) + "\"}]}");
    }

    @Test
    void shouldWriteWhatItAcceptedIntoTheLedger() throws Exception {
        String id = id(send("+16505551234", "Grüezi 😀", "ref"));
        var entry = ledger().path(0);
        assertThat(entry.path("sequence").asLong()).isEqualTo(1);
        assertThat(entry.path("providerId").asString()).isEqualTo(id);
        assertThat(entry.path("phoneNumberId").asString()).isEqualTo(NUMBER);
        assertThat(entry.path("to").asString()).isEqualTo("+16505551234");
        assertThat(entry.path("opaque").asString()).isEqualTo("ref");
        assertThat(entry.path("type").asString()).isEqualTo("text");
        assertThat(entry.path("text").asString()).isEqualTo("Grüezi 😀");
        assertThat(entry.path("receivedAt").asString()).isEqualTo("2026-11-22T10:00:00Z");
        assertThat(entry.path("receivedAtMicros").asLong()).isEqualTo(now.getEpochSecond() * 1_000_000);
        assertThat(awaitStatuses(3)).hasSize(3);
        var callbacks = ledger().path(0).path("callbacks");
        assertThat(callbacks.findValuesAsString("status")).containsExactlyInAnyOrder("sent", "delivered", "read");
        assertThat(callbacks.findValuesAsString("answer")).containsOnly("200");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v26.0/1065/messages", "/v21.0/1065/messages", "/1065/messages"})
    void shouldAcceptAnyVersionAndAnyNumberByDefault(String path) throws Exception {
        String body = "{\"messaging_product\":\"whatsapp\",\"to\":\"16505551234\",\"text\":{\"body\":\"x\"}}";
        assertThat(exchange("POST", path, body, "t").statusCode()).isEqualTo(200);
    }

    @Test
    void shouldSendTemplatesAndUserIds() throws Exception {
        template("interview", "en_US", "Hello {{1}}, welcome");
        HttpResponse<String> template = post(
                "{\"messaging_product\":\"whatsapp\",\"to\":\"+16505551234\",\"type\":\"template\",\"template\":{\"name\":\"interview\",\"language\":{\"code\":\"en_US\"},\"components\":[{\"type\":\"body\",\"parameters\":[{\"type\":\"text\",\"text\":\"Jessica\"}]}]}}");
        assertThat(Json.MAPPER
                        .readTree(template.body())
                        .path("messages")
                        .path(0)
                        .path("message_status")
                        .asString())
                .isEqualTo("accepted");
        HttpResponse<String> user = post(
                "{\"messaging_product\":\"whatsapp\",\"recipient\":\"US.13491208655302741918\",\"type\":\"text\",\"text\":{\"body\":\"x\"}}");
        assertThat(user.body())
                .contains(
                        "\"contacts\":[{\"input\":\"US.13491208655302741918\",\"user_id\":\"US.13491208655302741918\"}]");
        assertThat(ledger().path(0).path("template").path("name").asString()).isEqualTo("interview");
        assertThat(ledger().path(0).path("template").path("language").asString())
                .isEqualTo("en_US");
        awaitStatuses(6);
        assertThat(receiver.all("statuses"))
                .anyMatch(s -> s.path("recipient_user_id").asString("").equals("US.13491208655302741918"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{}|100|(#100) The parameter messaging_product is required.",
                "nonsense|100|(#100) Invalid parameter",
                "[]|100|(#100) The parameter messaging_product is required.",
                "{\"messaging_product\":\"x\"}|100|(#100) Param messaging_product must be one of {whatsapp} - got \"x\".",
                "{\"messaging_product\":\"whatsapp\",\"text\":{\"body\":\"x\"}}|100|The parameter to is required.",
                "{\"messaging_product\":\"whatsapp\",\"to\":\"+16505551234\"}|100|(#100) The parameter text['body'] is required.",
                "{\"messaging_product\":\"whatsapp\",\"to\":\"+16505551234\",\"text\":{\"body\":\"\"}}|100|(#100) The parameter text['body'] is required.",
                "{\"messaging_product\":\"whatsapp\",\"to\":\"abc\",\"text\":{\"body\":\"x\"}}|131009|(#131009) Parameter value is not valid",
                "{\"messaging_product\":\"whatsapp\",\"to\":\"+16505551234\",\"type\":\"poll\",\"poll\":{}}|100|(#100) Param type must be one of {AUDIO, CONTACTS, DOCUMENT, IMAGE, INTERACTIVE, LOCATION, REACTION, STICKER, TEMPLATE, TEXT, VIDEO} - got \"poll\".",
                "{\"messaging_product\":\"whatsapp\",\"to\":\"+16505551234\",\"type\":\"template\",\"template\":{\"name\":\"a\"}}|100|(#100) The parameter template['language']['code'] is required.",
                "{\"messaging_product\":\"whatsapp\",\"recipient\":\"nobody\",\"text\":{\"body\":\"x\"}}|131009|(#131009) Parameter value is not valid",
            })
    void shouldRefuseAsGraphDoes(String body, int code, String message) throws Exception {
        HttpResponse<String> answer = post(body);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(error(answer).path("code").asInt()).isEqualTo(code);
        assertThat(error(answer).path("message").asString()).isEqualTo(message);
        assertThat(error(answer).path("type").asString()).isEqualTo("OAuthException");
        assertThat(error(answer).path("fbtrace_id").asString()).hasSizeGreaterThan(10);
        assertThat(ledger()).isEmpty();
    }

    @Test
    void shouldKnowTheLimitOfAText() throws Exception {
        assertThat(send("+16505551234", "x".repeat(4096), null).statusCode()).isEqualTo(200);
        HttpResponse<String> answer = send("+16505551234", "x".repeat(4097), null);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(error(answer).path("message").asString()).contains("at most 4096 characters");
        assertThat(ledger()).hasSize(1);
    }

    @Test
    void shouldWantTheRightToken() throws Exception {
        register(",\"accessToken\":\"right\"");
        String path = "/v26.0/" + NUMBER + "/messages";
        String body = "{\"messaging_product\":\"whatsapp\",\"to\":\"+16505551234\",\"text\":{\"body\":\"x\"}}";
        assertThat(exchange("POST", path, body, "right").statusCode()).isEqualTo(200);
        for (@Nullable String token : new @Nullable String[] {"wrong", null}) {
            HttpResponse<String> answer = exchange("POST", path, body, token);
            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(error(answer).path("code").asInt()).isEqualTo(190);
        }
        assertThat(ledger()).hasSize(1);
    }

    @Test
    void shouldNotKnowOtherObjects() throws Exception {
        HttpResponse<String> answer = exchange("GET", "/v26.0/454545", null, "t");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(error(answer).path("error_subcode").asInt()).isEqualTo(33);
        assertThat(error(answer).path("type").asString()).isEqualTo("GraphMethodException");
        assertThat(error(answer).path("message").asString())
                .startsWith("Unsupported get request. Object with ID '454545' does not exist");
    }

    @Test
    void shouldRefuseABodyThatIsTooLarge() throws Exception {
        assertThat(post("x".repeat(8 * 1024 * 1024 + 1)).statusCode()).isEqualTo(413);
    }

    @Nested
    class Strict extends SimulatorTest {

        @Override
        SimulatorOptions options() {
            return super.options().withStrictness(true, true);
        }

        @Test
        void shouldRefuseUnknownNumbersAndNumbersWithoutPlus() throws Exception {
            String body = "{\"messaging_product\":\"whatsapp\",\"to\":\"+16505551234\",\"text\":{\"body\":\"x\"}}";
            HttpResponse<String> unknown = exchange("POST", "/v26.0/1/messages", body, "t");
            assertThat(error(unknown).path("code").asInt()).isEqualTo(100);
            assertThat(error(unknown).path("error_subcode").asInt()).isEqualTo(33);
            assertThat(error(send("16505551234", "x", null)).path("code").asInt())
                    .isEqualTo(131009);
            assertThat(send("+16505551234", "x", null).statusCode()).isEqualTo(200);
        }
    }
}
