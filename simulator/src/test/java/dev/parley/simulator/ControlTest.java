package dev.parley.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ControlTest extends SimulatorTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "/faults|{\"rulez\":[]}|rulez|unknown member; known here: rules",
                "/faults|{}|rules|required, an array of rules",
                "/faults|{\"rules\":[{\"effects\":{\"slow\":{\"ms\":-1}}}]}|rules[0].effects.slow.ms|expected a whole number from 0 to 600000",
                "/faults|{\"rules\":[{\"effects\":{\"slo\":{}}}]}|rules[0].effects.slo|unknown member",
                "/faults|{\"rules\":[{\"effects\":{}}]}|rules[0].effects|at least one effect",
                "/faults|{\"rules\":[{\"probability\":2,\"effects\":{\"slow\":{}}}]}|rules[0].probability|expected a number from 0.0 to 1.0",
                "/faults|{\"rules\":[{\"effects\":{\"error\":{\"code\":5555}}}]}|rules[0].effects.error.status|required",
                "/numbers|{\"phoneNumberId\":\"1\",\"color\":\"red\"}|color|unknown member",
                "/numbers|{\"phoneNumberId\":\"1\",\"callbackUrl\":\"http://x/\"}|appSecret|required",
                "/numbers|{\"phoneNumberId\":\"1\",\"appSecret\":\"s\",\"callbackUrl\":\"nowhere\"}|callbackUrl|absolute",
                "/numbers|{\"phoneNumberId\":\"1\",\"delaysMs\":[1]}|delaysMs|expected 3 numbers",
                "/reply|{\"phoneNumberId\":\"9\",\"from\":\"16505551234\",\"text\":\"x\"}|phoneNumberId|no such number",
                "/reply|{\"phoneNumberId\":\"106540352242922\",\"text\":\"x\"}|from|required unless userId is given",
                "/reply|{\"phoneNumberId\":\"106540352242922\",\"from\":\"16505551234\"}|text|exactly one of text, message",
                "/reply|{\"phoneNumberId\":\"106540352242922\",\"from\":\"16505551234\",\"text\":\"x\",\"count\":1001}|count|from 1 to 1000",
                "/callback|{\"phoneNumberId\":\"106540352242922\"}|body|either body or raw",
                "/reset|{\"hard\":true}|hard|unknown member",
                "/faults|nonsense||not JSON",
            })
    void shouldNameTheMemberAtFault(String path, String body, @Nullable String member, String message)
            throws Exception {
        var answer = exchange("POST", "/_control" + path, body, null);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(error(answer).path("member").asString()).isEqualTo(member == null ? "" : member);
        assertThat(error(answer).path("message").asString()).contains(message);
    }

    @Test
    void shouldAddNoRuleWhenOneIsWrong() throws Exception {
        control("POST", "/faults", "{\"rules\":[{\"effects\":{\"garbage\":{}}},{\"effects\":{\"nope\":{}}}]}");
        assertThat(control("GET", "/faults", null).path("rules")).isEmpty();
    }

    @Test
    void shouldPageTheLedger() throws Exception {
        for (int i = 0; i < 5; i++) {
            send("+1650555000" + i % 2, "no " + i, null);
        }
        var first = control("GET", "/ledger?limit=2", null);
        assertThat(first.path("entries").findValuesAsString("sequence")).containsExactly("1", "2");
        assertThat(first.path("total").asInt()).isEqualTo(5);
        var second =
                control("GET", "/ledger?limit=2&after=" + first.path("next").asInt(), null);
        assertThat(second.path("entries").findValuesAsString("sequence")).containsExactly("3", "4");
        var one = control("GET", "/ledger?to=%2B16505550001", null);
        assertThat(one.path("entries").findValuesAsString("text")).containsExactly("no 1", "no 3");
        var wrong = exchange("GET", "/_control/ledger?afer=1", null, null);
        assertThat(error(wrong).path("member").asString()).isEqualTo("afer");
    }

    @Test
    void shouldForgetOnResetButKeepNumbers() throws Exception {
        register(",\"statuses\":[\"sent\"],\"delaysMs\":[3600000]");
        fault("{\"effects\":{\"duplicateCallbacks\":{}}}");
        send();
        assertThat(control("GET", "/stats", null).path("callbackUpdatesQueued").asInt())
                .isEqualTo(2);
        control("POST", "/reset", null);
        assertThat(ledger()).isEmpty();
        assertThat(control("GET", "/faults", null).path("rules")).isEmpty();
        assertThat(control("GET", "/stats", null).toString())
                .isEqualTo(
                        "{\"requests\":0,\"accepted\":0,\"refused\":0,\"callbackPosts\":0,\"callbackPostsFailed\":0,\"callbackUpdates\":0,\"callbackUpdatesGivenUp\":0,\"callbackUpdatesQueued\":0}");
        assertThat(control("GET", "/numbers", null).path("numbers")).hasSize(1);
        send();
        assertThat(ledger().path(0).path("sequence").asInt()).isEqualTo(1);
    }

    @Test
    void shouldCount() throws Exception {
        send();
        post("{}");
        awaitStatuses(3);
        var stats = control("GET", "/stats", null);
        assertThat(stats.path("requests").asInt()).isEqualTo(2);
        assertThat(stats.path("accepted").asInt()).isEqualTo(1);
        assertThat(stats.path("refused").asInt()).isEqualTo(1);
        assertThat(stats.path("callbackUpdates").asInt()).isEqualTo(3);
    }

    @Test
    void shouldShowNoSecret() throws Exception {
        register(",\"accessToken\":\"my-token\"");
        assertThat(exchange("GET", "/_control/numbers", null, null).body())
                .doesNotContain(SECRET)
                .doesNotContain("my-token");
    }

    @Test
    void shouldServeThePhone() throws Exception {
        var page = exchange("GET", "/", null, null);
        assertThat(page.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
        assertThat(page.body())
                .contains("/_control/reply")
                .doesNotContain("http://")
                .doesNotContain("https://");
        assertThat(page.body().lines().count()).isLessThan(150);
    }

    @Test
    void shouldListTheAddresses() throws Exception {
        var answer = exchange("GET", "/_control/nope", null, null);
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("GET /ledger").contains("POST /reply");
    }

    @Test
    void shouldReadItsCommandLine() {
        var options = SimulatorMain.read(new String[] {"--port", "8099", "--strict-plus", "--callback-delay-ms", "7"});
        assertThat(options.port()).isEqualTo(8099);
        assertThat(options.strictPlus()).isTrue();
        assertThat(options.callbackDelay()).hasMillis(7);
        assertThatThrownBy(() -> SimulatorMain.read(new String[] {"--prt", "1"}))
                .hasMessageContaining("--prt");
    }
}
