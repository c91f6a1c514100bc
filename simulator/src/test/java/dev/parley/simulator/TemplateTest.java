package dev.parley.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.simulator.json.Json;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The templates of a WhatsApp Business account: made, listed, reviewed, deleted, and checked when they are sent. */
class TemplateTest extends SimulatorTest {

    private static final String WABA = "102290129340398";
    private static final String PATH = "/v26.0/" + WABA + "/message_templates";

    private HttpResponse<String> create(String name, String components) throws Exception {
        return exchange("POST", PATH, """
                {"name":"%s","language":"en_US","category":"utility","components":[%s]}""".formatted(name, components), "any");
    }

    private static String body(String text) {
        return "{\"type\":\"BODY\",\"text\":\"%s\",\"example\":{\"body_text\":[[\"a\",\"b\",\"c\"]]}}".formatted(text);
    }

    private JsonNode list(String query) throws Exception {
        return Json.MAPPER.readTree(exchange("GET", PATH + query, null, "any").body());
    }

    private void change(String more) throws Exception {
        JsonNode answer = control(
                "POST",
                "/templates/change",
                "{\"wabaId\":\"" + WABA + "\",\"name\":\"interview\",\"wait\":true," + more + "}");
        assertThat(answer.path("answer").asInt()).as(answer.toString()).isEqualTo(200);
    }

    private HttpResponse<String> sendTemplate(@Nullable String components) throws Exception {
        return post("""
                {"messaging_product":"whatsapp","to":"+16505551234","type":"template",
                 "template":{"name":"interview","language":{"code":"en_US"}%s}}""".formatted(components == null ? "" : ",\"components\":[" + components + "]"));
    }

    @Test
    void shouldMakeReviewTellOfAndDeleteOne() throws Exception {
        JsonNode made = Json.MAPPER.readTree(
                create("interview", body("Hello {{1}}, welcome")).body());
        assertThat(made.path("status").asString()).isEqualTo("PENDING");
        assertThat(made.path("category").asString()).isEqualTo("UTILITY");
        assertThat(error(sendTemplate("")).path("code").asInt()).isEqualTo(132001);

        change("\"event\":\"APPROVED\",\"reason\":\"NONE\"");
        JsonNode told = Json.MAPPER.readTree(receiver.received.getLast().text());
        assertThat(told.at("/entry/0/id").asString()).isEqualTo(WABA);
        assertThat(told.at("/entry/0/time").isIntegralNumber()).isTrue();
        assertThat(told.at("/entry/0/changes/0/field").asString()).isEqualTo("message_template_status_update");
        JsonNode value = told.at("/entry/0/changes/0/value");
        assertThat(value.path("event").asString()).isEqualTo("APPROVED");
        assertThat(value.path("message_template_id").asString())
                .isEqualTo(made.path("id").asString());
        assertThat(value.path("message_template_language").asString()).isEqualTo("en-US");

        change("\"quality\":\"RED\"");
        change("\"category\":\"MARKETING\"");
        change("\"body\":\"Other\"");
        JsonNode one = Json.MAPPER.readTree(
                exchange("GET", "/" + made.path("id").asString(), null, "any").body());
        assertThat(one.at("/quality_score/score").asString()).isEqualTo("RED");
        assertThat(one.path("category").asString()).isEqualTo("MARKETING");
        assertThat(one.at("/components/0/text").asString()).isEqualTo("Other");

        assertThat(exchange("DELETE", PATH + "?name=interview", null, "any").statusCode())
                .isEqualTo(200);
        assertThat(list("").path("data").size()).isZero();
        assertThat(error(create("interview", body("Hello")))
                        .path("error_subcode")
                        .asInt())
                .isEqualTo(2388023);
        now = now.plus(Duration.ofDays(30));
        assertThat(create("interview", body("Hello")).statusCode()).isEqualTo(200);
    }

    @Test
    void shouldListPageByPageAndFilter() throws Exception {
        control("POST", "/templates", "{\"wabaId\":\"" + WABA + "\",\"name\":\"t\",\"body\":\"x\",\"count\":60}");
        template("other", "nl", "Hallo");
        List<String> names = new ArrayList<>();
        String after = "";
        int pages = 0;
        while (true) {
            JsonNode page = list("?limit=25" + after);
            page.path("data").forEach(one -> names.add(one.path("name").asString()));
            pages++;
            if (!page.path("paging").has("next")) {
                break;
            }
            after = "&after=" + page.at("/paging/cursors/after").asString();
        }
        assertThat(pages).isEqualTo(3);
        assertThat(names).hasSize(61).doesNotHaveDuplicates().endsWith("other");
        assertThat(list("?name=other").path("data").size()).isEqualTo(1);
        assertThat(list("?language=nl&status=APPROVED").path("data").size()).isEqualTo(1);
        assertThat(list("?status=REJECTED").path("data").size()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0001',
            value = {
                "Hello {{1}}|2388299",
                "{{1}}, hello there|2388299",
                "Hello {{1}} {{2}} and so on|2388072",
                "Hello {{2}}, welcome|2388072",
                "Hi {{1}} a {{2}} b {{3}} c|2388293",
            })
    void shouldRefuseVariablesThatAreWrong(String text, int subcode) throws Exception {
        assertThat(error(create("interview", body(text))).path("error_subcode").asInt())
                .isEqualTo(subcode);
    }

    @Test
    void shouldRefuseWhatIsTooLongOrTaken() throws Exception {
        String fits = body("x".repeat(1024)) + ",{\"type\":\"FOOTER\",\"text\":\"" + "f".repeat(60)
                + "\"},{\"type\":\"HEADER\",\"format\":\"Text\",\"text\":\"" + "h".repeat(60) + "\"}";
        assertThat(create("fits", fits).statusCode()).isEqualTo(200);
        assertThat(error(create("fits", fits)).path("error_subcode").asInt()).isEqualTo(2388024);
        assertThat(error(create("long", body("x".repeat(1025))))
                        .path("error_subcode")
                        .asInt())
                .isEqualTo(2388040);
        assertThat(error(create("long", body("x") + ",{\"type\":\"FOOTER\",\"text\":\"" + "f".repeat(61) + "\"}"))
                        .path("error_subcode")
                        .asInt())
                .isEqualTo(2388040);
        assertThat(create("Capital", body("x")).statusCode()).isEqualTo(400);
        assertThat(error(create("x".repeat(513), body("x")))
                        .path("error_subcode")
                        .asInt())
                .isEqualTo(2388040);
        String buttons = ",{\"type\":\"BUTTONS\",\"buttons\":[%s]}";
        String quick = "{\"type\":\"QUICK_REPLY\",\"text\":\"" + "q".repeat(25) + "\"}";
        String call = "{\"type\":\"PHONE_NUMBER\",\"text\":\"Call\",\"phone_number\":\"31612345678\"}";
        assertThat(create("buttons", body("x") + buttons.formatted(quick + "," + quick + "," + call))
                        .statusCode())
                .isEqualTo(200);
        assertThat(create("mixed", body("x") + buttons.formatted(quick + "," + call + "," + quick))
                        .statusCode())
                .isEqualTo(400);
        control("POST", "/templates", "{\"wabaId\":\"" + WABA + "\",\"name\":\"t\",\"body\":\"x\",\"count\":248}");
        assertThat(error(create("the_251st", body("x"))).path("error_subcode").asInt())
                .isEqualTo(2388019);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0001',
            nullValues = "-",
            value = {
                "{'type':'body','parameters':[{'type':'text','text':'Ada'}]}|0",
                "-|132000",
                "{'type':'body','parameters':[{'type':'text','text':'a'},{'type':'text','text':'b'}]}|132000",
                "{'type':'body','parameters':[{'type':'text','text':'Ada'}]},{'type':'header','parameters':[{'type':'text','text':'x'}]}|132000",
                "{'type':'body','parameters':[{'type':'text','parameter_name':'who','text':'Ada'}]}|132012",
                "{'type':'body','parameters':[{'type':'image','image':{'link':'https://x'}}]}|132012",
                "{'type':'body','parameters':[{'type':'text','text':'LONG'}]}|132005",
                "{'type':'neck','parameters':[]}|100",
            })
    void shouldCheckTheParametersOfASend(@Nullable String components, int code) throws Exception {
        template("interview", "en_US", "Hello {{1}}, welcome");
        HttpResponse<String> answer = sendTemplate(
                components == null ? null : components.replace('\'', '"').replace("LONG", "x".repeat(1020)));
        assertThat(error(answer).path("code").asInt()).as(answer.body()).isEqualTo(code);
        if (code == 0) {
            assertThat(ledger().at("/0/text").asString()).isEqualTo("Hello Ada, welcome");
        }
    }

    @Test
    void shouldAnswerTheStatusOfATemplate() throws Exception {
        assertThat(sendTemplate(null).statusCode()).isEqualTo(404);
        template("interview", "en_US", "Hello");
        fault("{\"count\":1,\"effects\":{\"hold\":{}}}");
        assertThat(sendTemplate(null).body()).contains("\"message_status\":\"held_for_quality_assessment\"");
        assertThat(sendTemplate(null).body()).contains("\"message_status\":\"accepted\"");
        change("\"event\":\"PAUSED\",\"title\":\"FIRST_PAUSE\"");
        assertThat(error(sendTemplate(null)).path("code").asInt()).isEqualTo(132015);
        change("\"event\":\"DISABLED\"");
        assertThat(error(sendTemplate(null)).path("code").asInt()).isEqualTo(132016);
        change("\"event\":\"REINSTATED\"");
        assertThat(sendTemplate(null).statusCode()).isEqualTo(200);
    }

    @Test
    void shouldReviewByItselfAndMisbehaveOnDemand() throws Exception {
        control("POST", "/templates/settings", "{\"review\":\"approve\",\"fault\":\"cutAfter\"}");
        assertCut(() -> create("interview", body("Hello")));
        assertThat(sendTemplate(null).statusCode()).isEqualTo(200);
        await().until(() ->
                receiver.received.stream().anyMatch(told -> told.text().contains("\"event\":\"APPROVED\"")));
        control("POST", "/templates/settings", "{\"fault\":\"rateLimit\",\"faultOn\":\"list\"}");
        assertThat(list("").at("/error/code").asInt()).isEqualTo(80007);
        assertThat(list("").path("data").size()).isEqualTo(1);
        control("POST", "/templates/settings", "{\"review\":\"reject\"}");
        assertThat(create("other", body("Hello")).body()).contains("\"status\":\"REJECTED\"");
    }
}
