package dev.parley.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.simulator.json.Json;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

class FaultTest extends SimulatorTest {

    @ParameterizedTest
    @CsvSource({"130429,400", "131056,400", "190,401", "131000,500", "131016,500", "2,503", "132001,404", "131031,403"})
    void shouldRefuseWithAnyCodeOfTheTable(int code, int status) throws Exception {
        fault("{\"effects\":{\"error\":{\"code\":%d}}}".formatted(code));
        HttpResponse<String> answer = send();
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(error(answer).path("code").asInt()).isEqualTo(code);
        assertThat(error(answer).path("error_data").path("messaging_product").asString())
                .isEqualTo("whatsapp");
        assertThat(ledger()).isEmpty();
    }

    @Test
    void shouldWordTheThrottleAsMetaDoes() throws Exception {
        fault("{\"effects\":{\"error\":{\"code\":130429}}}");
        String body = send().body();
        assertThat(body.replaceAll("\"fbtrace_id\":\"[^\"]+\"", "\"fbtrace_id\":\"T\""))
                .isEqualTo(
                        "{\"error\":{\"message\":\"(#130429) Rate limit hit\",\"type\":\"OAuthException\",\"code\":130429,\"error_data\":{\"messaging_product\":\"whatsapp\",\"details\":\"Cloud API message throughput has been reached.\"},\"error_subcode\":2494055,\"fbtrace_id\":\"T\"}}");
    }

    @Test
    void shouldLetStatusAndDetailsBeChosen() throws Exception {
        fault("{\"effects\":{\"error\":{\"code\":999999,\"status\":418,\"details\":\"mine\"}}}");
        HttpResponse<String> answer = send();
        assertThat(answer.statusCode()).isEqualTo(418);
        assertThat(error(answer).path("error_data").path("details").asString()).isEqualTo("mine");
    }

    @Test
    void shouldAnswerLikeAGatewayWithoutAccepting() throws Exception {
        fault("{\"effects\":{\"http\":{\"status\":504}}}");
        HttpResponse<String> answer = send();
        assertThat(answer.statusCode()).isEqualTo(504);
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
        assertThat(ledger()).isEmpty();
    }

    @Test
    void shouldCutAfterAcceptingAndStillCallBack() throws Exception {
        fault("{\"effects\":{\"acceptThenCut\":{}},\"count\":1}");
        assertCut(this::send);
        assertThat(ledger()).hasSize(1);
        assertThat(awaitStatuses(3)).contains("sent", "delivered", "read");
        assertThat(send().statusCode()).isEqualTo(200);
    }

    @Test
    void shouldCutBeforeAccepting() throws Exception {
        fault("{\"effects\":{\"cutBefore\":true}}");
        assertCut(this::send);
        assertThat(ledger()).isEmpty();
        assertThat(control("GET", "/stats", null).path("refused").asInt()).isGreaterThanOrEqualTo(1);
    }

    @Test
    void shouldHoldThenCutAfterAccepting() throws Exception {
        fault("{\"effects\":{\"acceptThenTimeout\":{\"holdMs\":300}}}");
        long start = System.nanoTime();
        assertCut(this::send);
        assertThat((System.nanoTime() - start) / 1_000_000).isGreaterThanOrEqualTo(300);
        assertThat(ledger()).hasSize(1);
    }

    @Test
    void shouldEndHoldsOnReset() throws Exception {
        fault("{\"effects\":{\"acceptThenTimeout\":{\"holdMs\":600000}}}");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var call = threads.submit(() -> assertCut(this::send));
            await().until(() -> ledger().size() == 1);
            control("POST", "/reset", null);
            call.get();
        }
        assertThat(ledger()).isEmpty();
    }

    @Test
    void shouldAnswerLate() throws Exception {
        fault("{\"effects\":{\"slow\":{\"ms\":250},\"error\":{\"code\":131000}}}");
        long start = System.nanoTime();
        assertThat(send().statusCode()).isEqualTo(500);
        assertThat((System.nanoTime() - start) / 1_000_000).isGreaterThanOrEqualTo(250);
    }

    @Test
    void shouldAnswerGarbageAfterAccepting() throws Exception {
        fault("{\"effects\":{\"garbage\":{}}}");
        HttpResponse<String> answer = send();
        assertThat(answer.statusCode()).isEqualTo(200);
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> Json.MAPPER.readTree(answer.body()))
                .isInstanceOf(JacksonException.class);
        assertThat(ledger()).hasSize(1);
    }

    @Test
    void shouldDuplicateReorderAndLoseCallbacks() throws Exception {
        register(",\"batch\":1,\"delaysMs\":[0,60,120],\"inFlight\":1");
        fault("{\"effects\":{\"reorderCallbacks\":{},\"duplicateCallbacks\":{\"copies\":2},"
                + "\"loseCallbacks\":{\"statuses\":[\"delivered\"]}}}");
        send();
        assertThat(awaitStatuses(6)).containsExactly("read", "read", "read", "sent", "sent", "sent");
    }

    @Test
    void shouldLoseAllCallbacks() throws Exception {
        fault("{\"effects\":{\"loseCallbacks\":{}},\"count\":1}");
        send("+16505551234", "lost", "lost");
        send("+16505551234", "told", "told");
        assertThat(awaitStatuses(3)).hasSize(3);
        assertThat(receiver.all("statuses"))
                .allMatch(s -> s.path("biz_opaque_callback_data").asString().equals("told"));
    }

    @Test
    void shouldCallBackBeforeItAnswers() throws Exception {
        register(",\"delaysMs\":[100,200,300]");
        fault("{\"effects\":{\"callbackBeforeAnswer\":{},\"slow\":{\"ms\":1}}}");
        send();
        assertThat(receiver.statuses().getFirst()).isEqualTo("sent");
        assertThat(awaitStatuses(3)).containsExactly("sent", "delivered", "read");
    }

    @Test
    void shouldOmitTheReference() throws Exception {
        fault("{\"effects\":{\"omitReference\":{}}}");
        send();
        awaitStatuses(3);
        assertThat(receiver.all("statuses")).noneMatch(s -> s.has("biz_opaque_callback_data"));
        assertThat(ledger().path(0).path("opaque").asString()).isEqualTo("ref-1");
    }

    @Test
    void shouldFailLater() throws Exception {
        register(",\"batch\":1,\"delaysMs\":[0,60,120]");
        fault("{\"effects\":{\"failLater\":{\"code\":131049}}}");
        assertThat(send().statusCode()).isEqualTo(200);
        assertThat(awaitStatuses(2)).containsExactly("sent", "failed");
        JsonNode failed = receiver.all("statuses").get(1);
        assertThat(failed.path("errors").path(0).path("code").asInt()).isEqualTo(131049);
        assertThat(failed.path("errors").path(0).path("title").asString())
                .isEqualTo("This message was not delivered to maintain healthy ecosystem engagement.");
        assertThat(failed.path("errors")
                        .path(0)
                        .path("error_data")
                        .path("details")
                        .asString())
                .startsWith("In order to maintain a healthy ecosystem");
        assertThat(failed.path("biz_opaque_callback_data").asString()).isEqualTo("ref-1");
    }

    @ParameterizedTest
    @CsvSource({
        "+5511987654321,551187654321",
        "+551187654321,5511987654321",
        "+5215512345678,525512345678",
        "+525512345678,5215512345678",
        "+16505551239,16505551230"
    })
    void shouldNameAnotherWaId(String to, String waId) throws Exception {
        fault("{\"effects\":{\"otherWaId\":{}}}");
        JsonNode answer = Json.MAPPER.readTree(send(to, "x", null).body());
        assertThat(answer.path("contacts").path(0).path("wa_id").asString()).isEqualTo(waId);
        assertThat(answer.path("contacts").path(0).path("input").asString()).isEqualTo(to);
        awaitStatuses(3);
        assertThat(receiver.all("statuses"))
                .allMatch(s -> s.path("recipient_id").asString().equals(waId));
    }

    @Test
    void shouldSelectByRecipientNumberAndPeriod() throws Exception {
        fault("{\"to\":\"+1 650 555 0001\",\"effects\":{\"error\":{\"code\":131026}}}");
        fault("{\"phoneNumberId\":\"1\",\"effects\":{\"error\":{\"code\":131000}}}");
        fault("{\"to\":\"16505550003\",\"every\":3,\"effects\":{\"error\":{\"code\":1}}}");
        assertThat(send("+16505550001", "x", null).statusCode()).isEqualTo(400);
        assertThat(send("+16505550002", "x", null).statusCode()).isEqualTo(200);
        List<Integer> third = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            third.add(send("+16505550003", "x", null).statusCode());
        }
        assertThat(third).containsExactly(200, 200, 400, 200, 200, 400);
        assertThat(control("GET", "/faults", null).path("rules").findValuesAsString("hits"))
                .containsExactly("1", "0", "2");
    }

    @Test
    void shouldSelectByChanceRepeatably() throws Exception {
        fault("{\"probability\":0.3,\"effects\":{\"error\":{\"code\":1}}}");
        int refused = 0;
        for (int i = 0; i < 200; i++) {
            refused += send().statusCode() == 400 ? 1 : 0;
        }
        assertThat(refused).isBetween(35, 85);
        assertThat(ledger()).hasSize(200 - refused);
        assertThat(control("DELETE", "/faults", null).path("rules")).isEmpty();
        assertThat(send().statusCode()).isEqualTo(200);
    }
}
