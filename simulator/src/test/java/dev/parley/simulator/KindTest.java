package dev.parley.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.simulator.json.Json;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Every kind of message in both directions, and what is told of how far one came. */
class KindTest extends SimulatorTest {

    private static final String TO = "{\"messaging_product\":\"whatsapp\",\"to\":\"+16505551234\",";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "\"location\":{\"latitude\":1.5,\"longitude\":2}|location|{\"latitude\":1.5,\"longitude\":2}",
                "\"contacts\":[{\"name\":{\"formatted_name\":\"A\"}}]|contacts|[{\"name\":{\"formatted_name\":\"A\"}}]",
                "\"button\":{\"payload\":\"P\",\"text\":\"T\"}|button|{\"payload\":\"P\",\"text\":\"T\"}",
                "\"buttonReply\":{\"id\":\"b\",\"title\":\"B\"}|interactive|{\"type\":\"button_reply\",\"button_reply\":{\"id\":\"b\",\"title\":\"B\"}}",
                "\"listReply\":{\"id\":\"r\",\"title\":\"R\"}|interactive|{\"type\":\"list_reply\",\"list_reply\":{\"id\":\"r\",\"title\":\"R\"}}",
                "\"formReply\":{\"response_json\":\"{}\"}|interactive|{\"type\":\"nfm_reply\",\"nfm_reply\":{\"response_json\":\"{}\"}}",
                "\"reaction\":{\"messageId\":\"w\",\"emoji\":\"x\"}|reaction|{\"message_id\":\"w\",\"emoji\":\"x\"}",
                "\"reaction\":{\"messageId\":\"w\"}|reaction|{\"message_id\":\"w\"}",
                "\"reaction\":{\"messageId\":\"w\",\"emoji\":\"\"}|reaction|{\"message_id\":\"w\",\"emoji\":\"\"}",
                "\"order\":{\"catalog_id\":\"c\",\"product_items\":[]}|order|{\"catalog_id\":\"c\",\"product_items\":[]}",
                "\"system\":{\"type\":\"user_changed_number\",\"body\":\"b\",\"waId\":\"1\"}|system|{\"type\":\"user_changed_number\",\"body\":\"b\",\"wa_id\":\"1\"}",
                "\"edit\":{\"messageId\":\"w\",\"text\":\"x\"}|edit|{\"original_message_id\":\"w\",\"message\":{\"type\":\"text\",\"text\":{\"body\":\"x\"}}}",
                "\"revoke\":{\"messageId\":\"w\"}|revoke|{\"original_message_id\":\"w\"}",
                "\"unsupported\":{\"type\":\"poll_creation\"}|unsupported|{\"type\":\"poll_creation\"}"
            })
    void shouldWriteEachKind(String short_, String type, String expected) throws Exception {
        JsonNode written = reply("\"from\":\"16505551234\"," + short_);
        JsonNode message = receiver.all("messages").getLast();
        assertThat(message.path("id").asString())
                .isEqualTo(written.path("ids").path(0).asString());
        assertThat(message.path("type").asString()).isEqualTo(type);
        assertThat(message.path(type)).isEqualTo(Json.MAPPER.readTree(expected));
        assertThat(receiver.all("contacts").isEmpty()).isEqualTo(type.equals("system"));
    }

    @Test
    void shouldWriteOfWhomNoNumberIsKnownAndWhatNobodyKnows() throws Exception {
        reply("\"userId\":\"US.1a\",\"type\":\"hologram\"");
        JsonNode message = receiver.all("messages").getLast();
        assertThat(message.path("from_user_id").asString()).isEqualTo("US.1a");
        assertThat(message.has("from")).isFalse();
        assertThat(message.path("type").asString()).isEqualTo("hologram");
        reply("\"errors\":[131000]");
        assertThat(receiver.all("errors").getLast().path("code").asInt()).isEqualTo(131000);
        reply("\"from\":\"16505551234\",\"unsupported\":{\"errors\":[131060]}");
        message = receiver.all("messages").getLast();
        assertThat(message.path("errors").path(0).path("code").asInt()).isEqualTo(131060);
        JsonNode two = control(
                "POST",
                "/reply",
                "{\"phoneNumberId\":\"" + NUMBER + "\",\"from\":\"16505551234\",\"text\":\"x\",\"order\":{}}");
        assertThat(two.path("error").path("member").asString()).isEqualTo("text");
    }

    @Test
    void shouldAnswerMessagesOfBothSides() throws Exception {
        String ours = id(send());
        String theirs = reply("\"from\":\"16505551234\",\"text\":\"x\",\"replyTo\":\"" + ours + "\"")
                .path("ids")
                .path(0)
                .asString();
        assertThat(receiver.all("messages").getLast().path("context"))
                .isEqualTo(Json.object().put("from", "15550783881").put("id", ours));
        reply("\"from\":\"16505551234\",\"text\":\"y\",\"replyTo\":\"" + theirs + "\"");
        assertThat(receiver.all("messages").getLast().path("context"))
                .isEqualTo(Json.object().put("from", "16505551234").put("id", theirs));
        assertThat(post(TO + "\"text\":{\"body\":\"z\"},\"context\":{\"message_id\":\"" + theirs + "\"}}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(ledger().path(1).path("context").path("message_id").asString())
                .isEqualTo(theirs);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"type\":\"location\",\"location\":{\"latitude\":\"1.5\",\"longitude\":-180,\"name\":\"x\"}",
                "\"type\":\"contacts\",\"contacts\":[{\"name\":{\"formatted_name\":\"A\",\"first_name\":\"A\"},\"birthday\":\"2000-01-01\"}]",
                "\"type\":\"interactive\",\"interactive\":{\"type\":\"button\",\"body\":{\"text\":\"x\"},\"action\":{\"buttons\":[{\"type\":\"reply\",\"reply\":{\"id\":\"1\",\"title\":\"12345678901234567890\"}}]}}",
                "\"type\":\"interactive\",\"interactive\":{\"type\":\"list\",\"body\":{\"text\":\"x\"},\"action\":{\"button\":\"b\",\"sections\":[{\"rows\":[{\"id\":\"1\",\"title\":\"t\"}]}]}}",
                "\"type\":\"interactive\",\"interactive\":{\"type\":\"cta_url\",\"body\":{\"text\":\"x\"},\"action\":{\"name\":\"cta_url\",\"parameters\":{\"display_text\":\"t\",\"url\":\"https://a.example\"}}}",
                "\"type\":\"interactive\",\"interactive\":{\"type\":\"location_request_message\",\"body\":{\"text\":\"x\"},\"action\":{\"name\":\"send_location\"}}"
            })
    void shouldAcceptEachKindIntoTheLedger(String members) throws Exception {
        assertThat(post(TO + members + "}").statusCode()).isEqualTo(200);
        JsonNode entry = ledger().path(0);
        JsonNode sent = Json.MAPPER.readTree("{" + members + "}");
        String type = sent.path("type").asString();
        assertThat(entry.path("type").asString()).isEqualTo(type);
        assertThat(entry.path(type)).isEqualTo(sent.path(type));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "\"type\":\"location\"|131008",
                "\"type\":\"location\",\"location\":{\"latitude\":1}|131008",
                "\"type\":\"location\",\"location\":{\"latitude\":90.5,\"longitude\":1}|131009",
                "\"type\":\"contacts\",\"contacts\":[]|131008",
                "\"type\":\"contacts\",\"contacts\":[{\"name\":{\"formatted_name\":\"A\"}}]|131009",
                "\"type\":\"reaction\",\"reaction\":{\"message_id\":\"wamid.x\"}|131008",
                "\"type\":\"interactive\",\"interactive\":{\"type\":\"button\",\"body\":{\"text\":\"x\"},\"action\":{\"buttons\":[{\"type\":\"reply\",\"reply\":{\"id\":\"1\",\"title\":\"123456789012345678901\"}}]}}|131009",
                "\"type\":\"interactive\",\"interactive\":{\"type\":\"button\",\"body\":{\"text\":\"x\"},\"action\":{\"buttons\":[]}}|131008",
                "\"type\":\"interactive\",\"interactive\":{\"type\":\"hologram\",\"body\":{\"text\":\"x\"},\"action\":{}}|131009",
                "\"status\":\"read\",\"message_id\":\"wamid.x\"|131009"
            })
    void shouldRefuseWhatGraphRefuses(String members, int code) throws Exception {
        HttpResponse<String> answer = post(TO + members + "}");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(error(answer).path("code").asInt()).isEqualTo(code);
        assertThat(ledger()).isEmpty();
    }

    @Test
    void shouldReactToWhatThereIsAndFailForTheRest() throws Exception {
        String theirs = reply("\"from\":\"16505551234\",\"text\":\"x\"")
                .path("ids")
                .path(0)
                .asString();
        String reaction = TO + "\"type\":\"reaction\",\"reaction\":{\"message_id\":\"%s\",\"emoji\":\"x\"}}";
        String known = id(post(reaction.formatted(theirs)));
        assertThat(awaitStatuses(1)).hasSize(1);
        String unknown = id(post(reaction.formatted("wamid.x")));
        String ofReaction = id(post(reaction.formatted(known)));
        awaitStatuses(3);
        assertThat(statusesOf(known)).containsExactly("sent");
        assertThat(statusesOf(unknown)).containsExactly("failed");
        assertThat(statusesOf(ofReaction)).containsExactly("failed");
        now = now.plus(Duration.ofDays(31));
        String late = id(post(reaction.formatted(theirs)));
        awaitStatuses(4);
        assertThat(statusesOf(late)).containsExactly("failed");
        assertThat(error(post("{\"messaging_product\":\"whatsapp\",\"status\":\"read\",\"message_id\":\"" + theirs
                                + "\"}"))
                        .path("code")
                        .asInt())
                .isEqualTo(131009);
    }

    @Test
    void shouldMarkAsReadInTheLedger() throws Exception {
        String theirs = reply("\"from\":\"16505551234\",\"text\":\"x\"")
                .path("ids")
                .path(0)
                .asString();
        var answer = post("{\"messaging_product\":\"whatsapp\",\"status\":\"read\",\"message_id\":\"" + theirs
                + "\",\"typing_indicator\":{\"type\":\"text\"}}");
        assertThat(answer.body()).isEqualTo("{\"success\":true}");
        assertThat(ledger().path(0).path("type").asString()).isEqualTo("read");
        assertThat(ledger().path(0).path("providerId").asString()).isEqualTo(theirs);
    }

    @Test
    void shouldTellHowFarMessagesCame() throws Exception {
        String first = id(send());
        String second = id(send());
        awaitStatuses(6);
        await().atMost(Duration.ofSeconds(10))
                .until(() -> history("message_id=" + first)
                                .path("data")
                                .path(0)
                                .path("events")
                                .path("data")
                                .size()
                        == 4);
        JsonNode one = history("message_id=" + first).path("data");
        assertThat(one.size()).isEqualTo(1);
        assertThat(one.path(0).path("message_id").asString()).isEqualTo(first);
        assertThat(one.path(0).path("events").path("data").findValuesAsString("delivery_status"))
                .containsExactlyInAnyOrder("ACCEPTED", "SENT", "DELIVERED", "READ");
        JsonNode page = history("limit=1");
        String after = page.path("paging").path("cursors").path("after").asString();
        assertThat(history("limit=1&after=" + after)
                        .path("data")
                        .path(0)
                        .path("message_id")
                        .asString())
                .isEqualTo(second);
        assertThat(history("after=%21").path("error").path("code").asInt()).isEqualTo(131059);
        assertThat(history("limit=101").path("error").path("code").asInt()).isEqualTo(100);
    }

    private JsonNode history(String query) throws Exception {
        String path = "/v26.0/" + NUMBER + "/message_history?" + query;
        return Json.MAPPER.readTree(exchange("GET", path, null, "t").body());
    }

    private List<String> statusesOf(String id) {
        return receiver.all("statuses").stream()
                .filter(status -> status.path("id").asString().equals(id))
                .map(status -> status.path("status").asString())
                .toList();
    }

    private JsonNode reply(String members) throws Exception {
        JsonNode answer =
                control("POST", "/reply", "{\"phoneNumberId\":\"" + NUMBER + "\",\"wait\":true," + members + "}");
        assertThat(answer.path("answer").asInt()).as(answer.toString()).isEqualTo(200);
        return answer;
    }
}
