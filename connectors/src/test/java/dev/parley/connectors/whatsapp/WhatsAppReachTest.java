package dev.parley.connectors.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.connector.AccountSettings;
import dev.parley.connector.Outbound.Exchange;
import dev.parley.testkit.connector.FakeOutbound;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WhatsAppReachTest {

    private static final Duration DEADLINE = Duration.ofMillis(1_234);
    private final WhatsAppConnector connector = new WhatsAppConnector();

    private boolean answers(FakeOutbound outbound) {
        return connector.answers(Samples.ACCOUNT, DEADLINE, outbound);
    }

    @Test
    void shouldAskForTheNumberWhichChangesNothing() {
        FakeOutbound outbound = FakeOutbound.answering(200, "{\"id\":\"700000000000001\"}");

        assertThat(answers(outbound)).isTrue();
        var call = outbound.calls().getFirst();
        assertThat(call.method()).isEqualTo("GET");
        assertThat(call.uri()).isEqualTo(URI.create("https://graph.example/base/v26.0/700000000000001?fields=id"));
        assertThat(call.headers()).containsEntry("Authorization", "Bearer EAAG-token-of-the-tests");
        assertThat(call.deadline()).isEqualTo(DEADLINE);
        assertThat(call.body()).isEmpty();
    }

    @Test
    void shouldSayNoWhenNobodyAnswers() {
        assertThat(answers(new FakeOutbound(new Exchange.NotSent("refused")))).isFalse();
        assertThat(answers(new FakeOutbound(new Exchange.Unknown("cut")))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "200,true",
        "204,true",
        "302,true",
        "400,true",
        "401,true",
        "404,true",
        "429,true",
        "500,true",
        "501,true",
        "502,false",
        "503,false",
        "504,false"
    })
    void shouldTakeAnyAnswerForOneButThatNobodyIsThere(int status, boolean answers) {
        assertThat(answers(FakeOutbound.answering(status, "<html>what?</html>")))
                .isEqualTo(answers);
    }

    @Test
    void shouldKnowGraphsOwnErrorWhateverItsStatus() {
        String error =
                "{\"error\":{\"message\":\"(#2) Service temporarily unavailable\",\"code\":2,\"fbtrace_id\":\"A\"}}";

        assertThat(answers(FakeOutbound.answering(503, error))).isTrue();
    }

    @Test
    void shouldLeaveItToTheSendWhereTheSettingsMakeNoCall() {
        FakeOutbound outbound = new FakeOutbound(new Exchange.Unknown("x"));

        assertThat(connector.answers(new AccountSettings(Map.of()), DEADLINE, outbound))
                .isTrue();
        assertThat(outbound.calls()).isEmpty();
    }
}
