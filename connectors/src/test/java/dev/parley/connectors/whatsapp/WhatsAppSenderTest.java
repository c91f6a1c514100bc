package dev.parley.connectors.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.connector.AccountSettings;
import dev.parley.connector.Address;
import dev.parley.connector.Content;
import dev.parley.connector.ErrorAction;
import dev.parley.connector.Outbound.Exchange;
import dev.parley.connector.SendRequest;
import dev.parley.connector.SendResult;
import dev.parley.testkit.connector.FakeOutbound;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class WhatsAppSenderTest {

    private static final Address PHONE = new Address(Address.PHONE, "14155550123");
    private static final Address USER = new Address(Address.USER, "US.13491208655302741918");
    private final WhatsAppConnector connector = new WhatsAppConnector();

    @Test
    void shouldPostTheTextToGraph() {
        FakeOutbound outbound = FakeOutbound.answering(200, Samples.ACCEPTED);
        send(outbound, PHONE, Samples.ACCOUNT);

        var call = outbound.calls().getFirst();
        assertThat(call.method()).isEqualTo("POST");
        assertThat(call.uri()).isEqualTo(URI.create("https://graph.example/base/v26.0/700000000000001/messages"));
        assertThat(call.headers())
                .containsEntry("Authorization", "Bearer EAAG-token-of-the-tests")
                .containsEntry("Content-Type", "application/json");
        assertThat(new JsonMapper().readTree(outbound.onlyBody())).isEqualTo(new JsonMapper().readTree("""
                {"messaging_product":"whatsapp","recipient_type":"individual","to":"+14155550123","type":"text",
                 "text":{"body":"Grüße 👋 \\"x\\"","preview_url":false},"biz_opaque_callback_data":"org/msg/1"}"""));
    }

    @Test
    void shouldPostToAUserIdAsRecipient() {
        FakeOutbound outbound = FakeOutbound.answering(200, """
                {"contacts":[{"input":"US.13491208655302741918","user_id":"US.13491208655302741918"}],
                 "messages":[{"id":"wamid.OUT2"}]}""");

        assertThat(send(outbound, USER, Samples.ACCOUNT))
                .isEqualTo(new SendResult.Accepted("wamid.OUT2", List.of(USER), false));
        assertThat(outbound.onlyBody())
                .contains("\"recipient\":\"US.13491208655302741918\"")
                .doesNotContain("\"to\"");
    }

    @Test
    void shouldUseDefaultsAndOwnVersion() {
        Map<String, String> values = new HashMap<>(Samples.ACCOUNT.values());
        values.remove("baseUrl");
        values.put("apiVersion", "v25.0");
        FakeOutbound outbound = FakeOutbound.answering(200, Samples.ACCEPTED);
        send(outbound, PHONE, new AccountSettings(values));

        assertThat(outbound.calls().getFirst().uri())
                .isEqualTo(URI.create("https://graph.facebook.com/v25.0/700000000000001/messages"));
    }

    @Test
    void shouldGiveTheNumberThatWhatsAppKnowsTheCandidateBy() {
        FakeOutbound outbound = FakeOutbound.answering(200, """
                {"contacts":[{"input":"+5511987654321","wa_id":"551187654321 ","user_id":"BR.1x"}],
                 "messages":[{"id":"wamid.OUT3","message_status":"held_for_quality_assessment"}]}""");

        assertThat(send(outbound, PHONE, Samples.ACCOUNT))
                .isEqualTo(new SendResult.Accepted(
                        "wamid.OUT3",
                        List.of(new Address(Address.PHONE, "551187654321"), new Address(Address.USER, "BR.1x")),
                        true));
    }

    @ParameterizedTest
    @CsvSource({
        "201, '{\"messages\":[{\"id\":\"wamid.X\"}]}'",
        "500, '{\"messages\":[{\"id\":\"wamid.X\"}]}'",
        "200, '{\"messages\":[{\"id\":\"\"}]}'",
        "200, '{\"messages\":[]}'",
        "200, '{\"success\":true}'",
        "500, '{\"error\":{\"message\":\"no code\"}}'",
        "502, '<html>Bad Gateway</html>'",
        "504, ''"
    })
    void shouldNotGuessAtAnyOtherAnswer(int status, String body) {
        assertThat(send(FakeOutbound.answering(status, body), PHONE, Samples.ACCOUNT))
                .isInstanceOfSatisfying(
                        SendResult.Unknown.class,
                        unknown -> assertThat(unknown.httpStatus()).isEqualTo(status));
    }

    @Test
    void shouldSayWhatWhatsAppSaid() {
        Exchange.Answer answer = new Exchange.Answer(
                503, Map.of("retry-after", "7"), Samples.THROTTLED.getBytes(StandardCharsets.UTF_8));
        SendResult.Refused refused = (SendResult.Refused) send(new FakeOutbound(answer), PHONE, Samples.ACCOUNT);

        assertThat(refused.error().providerCode()).isEqualTo("130429");
        assertThat(refused.error().providerText()).isEqualTo("(#130429) Rate limit hit: Throughput has been reached.");
        assertThat(refused.error().providerJson()).startsWith("{\"message\"").contains("\"fbtrace_id\":\"A1\"");
        assertThat(refused.error().code()).isEqualTo("rate_limited");
        assertThat(refused.error().action()).isEqualTo(ErrorAction.BACK_OFF);
        assertThat(refused.error().retryAfter()).isEqualTo(Duration.ofSeconds(7));
        assertThat(refused.toString()).doesNotContain("Throughput");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "accessToken=",
                "accessToken=a\r\nX: b",
                "phoneNumberId=",
                "phoneNumberId=..",
                "baseUrl=http://a b"
            })
    void shouldPauseAnAccountWhoseSettingsMakeNoRequest(String setting) {
        Map<String, String> values = new HashMap<>(Samples.ACCOUNT.values());
        values.put(setting.substring(0, setting.indexOf('=')), setting.substring(setting.indexOf('=') + 1));
        FakeOutbound outbound = FakeOutbound.answering(200, Samples.ACCEPTED);

        assertThat(send(outbound, PHONE, new AccountSettings(values)))
                .isInstanceOfSatisfying(SendResult.Refused.class, refused -> {
                    assertThat(refused.error().action()).isEqualTo(ErrorAction.PAUSE_ACCOUNT);
                    assertThat(refused.error().code()).isEqualTo("account_paused");
                });
        assertThat(outbound.calls()).isEmpty();
    }

    @Test
    void shouldKeepAStrangePhoneNumberIdInItsPlaceInThePath() {
        Map<String, String> values = new HashMap<>(Samples.ACCOUNT.values());
        values.put("phoneNumberId", "../me/x?y=1#z 2");
        FakeOutbound outbound = FakeOutbound.answering(400, Samples.THROTTLED);
        send(outbound, PHONE, new AccountSettings(values));

        assertThat(outbound.calls().getFirst().uri().getRawPath())
                .isEqualTo("/base/v26.0/..%2Fme%2Fx%3Fy%3D1%23z%202/messages");
    }

    private SendResult send(FakeOutbound outbound, Address to, AccountSettings account) {
        Content text = new Content.Text("Grüße 👋 \"x\"");
        return connector.send(new SendRequest("org/msg/1", to, text, account, Duration.ofSeconds(20)), outbound);
    }
}
