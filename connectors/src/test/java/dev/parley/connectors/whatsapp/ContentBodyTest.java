package dev.parley.connectors.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.connector.Address;
import dev.parley.connector.ContactCard;
import dev.parley.connector.Content;
import dev.parley.connector.Content.Action;
import dev.parley.connector.Outbound.Exchange;
import dev.parley.connector.ReadReceipt;
import dev.parley.connector.ReceiptResult;
import dev.parley.connector.SendRequest;
import dev.parley.connectors.support.Json;
import dev.parley.testkit.connector.FakeOutbound;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What goes to Graph, kind by kind, and what is told of what was read. */
class ContentBodyTest {

    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private final WhatsAppConnector connector = new WhatsAppConnector();

    static Stream<Arguments> kinds() {
        Content.Prompt bare = new Content.Prompt(null, "When?", null);
        return Stream.of(
                Arguments.of(new Content.Location(1.5, -2, "Office", "1 Main St"), """
                        {"type":"location","location":{"latitude":1.5,"longitude":-2.0,"name":"Office","address":"1 Main St"}}"""),
                Arguments.of(new Content.Location(0, 0, null, null), """
                        {"type":"location","location":{"latitude":0.0,"longitude":0.0}}"""),
                Arguments.of(new Content.Reaction("wamid.IN1", ""), """
                        {"type":"reaction","reaction":{"message_id":"wamid.IN1","emoji":""}}"""),
                Arguments.of(
                        new Content.Contacts(List.of(new ContactCard(
                                Map.of("formatted_name", "Grace Hopper", "first_name", "Grace"),
                                List.of(Map.of("type", "WORK", "phone", "+14155550829")),
                                List.of(),
                                List.of(),
                                List.of(),
                                Map.of("company", "Navy"),
                                "1906-12-09"))),
                        """
                        {"type":"contacts","contacts":[{"name":{"formatted_name":"Grace Hopper","first_name":"Grace"},\
                        "phones":[{"phone":"+14155550829","type":"WORK"}],"org":{"company":"Navy"},"birthday":"1906-12-09"}]}"""),
                Arguments.of(
                        new Content.Interactive(
                                new Content.Prompt("Interview", "When?", "Reply soon"),
                                new Action.Buttons(List.of(new Content.Button("b1", "Monday")))),
                        """
                        {"type":"interactive","interactive":{"type":"button","header":{"type":"text","text":"Interview"},\
                        "body":{"text":"When?"},"footer":{"text":"Reply soon"},\
                        "action":{"buttons":[{"type":"reply","reply":{"id":"b1","title":"Monday"}}]}}}"""),
                Arguments.of(
                        new Content.Interactive(
                                bare,
                                new Action.Menu(
                                        "Days",
                                        List.of(
                                                new Content.Section(
                                                        "Early", List.of(new Content.Row("r1", "Monday", "9 to 5"))),
                                                new Content.Section(
                                                        null, List.of(new Content.Row("r2", "Tuesday", null)))))),
                        """
                        {"type":"interactive","interactive":{"type":"list","body":{"text":"When?"},"action":{"button":"Days",\
                        "sections":[{"title":"Early","rows":[{"id":"r1","title":"Monday","description":"9 to 5"}]},\
                        {"rows":[{"id":"r2","title":"Tuesday"}]}]}}}"""),
                Arguments.of(new Content.Interactive(bare, new Action.Link("Open", "https://a.example/")), """
                        {"type":"interactive","interactive":{"type":"cta_url","body":{"text":"When?"},\
                        "action":{"name":"cta_url","parameters":{"display_text":"Open","url":"https://a.example/"}}}}"""),
                Arguments.of(new Content.Interactive(bare, new Action.LocationRequest()), """
                        {"type":"interactive","interactive":{"type":"location_request_message","body":{"text":"When?"},\
                        "action":{"name":"send_location"}}}"""));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldWriteEachKindAsMetaHasIt(Content content, String expected) {
        JsonNode body = sent(content, null);
        ObjectNode content1 = Json.object();
        content1.set("type", body.path("type"));
        content1.set(
                body.path("type").stringValue(), body.path(body.path("type").stringValue()));

        assertThat(content1).isEqualTo(Json.read(expected));
        assertThat(body.has("context")).isFalse();
        assertThat(body.path("biz_opaque_callback_data").stringValue()).isEqualTo("org/msg/1");
    }

    @Test
    void shouldNameTheMessageThatIsAnswered() {
        assertThat(sent(new Content.Text("Yes"), "wamid.IN1").path("context"))
                .isEqualTo(Json.read("{\"message_id\":\"wamid.IN1\"}"));
    }

    @Test
    void shouldTellWhatWasReadAndKnowWhenToTryAgain() {
        FakeOutbound outbound = FakeOutbound.answering(200, "{\"success\":true}");
        assertThat(markRead(outbound)).isEqualTo(ReceiptResult.TOLD);
        assertThat(Json.read(outbound.calls().getFirst().body()))
                .isEqualTo(Json.read(
                        "{\"messaging_product\":\"whatsapp\",\"status\":\"read\",\"message_id\":\"wamid.IN1\"}"));
        assertThat(outbound.calls().getFirst().uri().getPath()).endsWith("/700000000000001/messages");

        assertThat(markRead(FakeOutbound.answering(400, "{\"error\":{\"code\":131009,\"message\":\"x\"}}")))
                .isEqualTo(ReceiptResult.REFUSED);
        assertThat(markRead(FakeOutbound.answering(400, Samples.THROTTLED))).isEqualTo(ReceiptResult.FAILED);
        assertThat(markRead(FakeOutbound.answering(502, "<html>"))).isEqualTo(ReceiptResult.FAILED);
        assertThat(markRead(FakeOutbound.answering(200, "{\"success\":false}"))).isEqualTo(ReceiptResult.FAILED);
        assertThat(markRead(new FakeOutbound(new Exchange.Unknown("cut")))).isEqualTo(ReceiptResult.FAILED);
    }

    private ReceiptResult markRead(FakeOutbound outbound) {
        return connector.markRead(new ReadReceipt("wamid.IN1", Samples.ACCOUNT, DEADLINE), outbound);
    }

    private JsonNode sent(Content content, @Nullable String replyTo) {
        FakeOutbound outbound = FakeOutbound.answering(200, Samples.ACCEPTED);
        Address to = new Address(Address.PHONE, "14155550123");
        connector.send(new SendRequest("org/msg/1", to, content, Samples.ACCOUNT, DEADLINE, replyTo), outbound);
        return Objects.requireNonNull(Json.read(outbound.calls().getFirst().body()));
    }
}
