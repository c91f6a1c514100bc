package dev.parley.connectors.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.connector.Address;
import dev.parley.connector.CallbackReceiver;
import dev.parley.connector.Content;
import dev.parley.connector.Outbound.Exchange;
import dev.parley.connector.ProviderTemplate;
import dev.parley.connector.ProviderUpdate;
import dev.parley.connector.SendRequest;
import dev.parley.connector.TemplateChange;
import dev.parley.connector.TemplateDraft;
import dev.parley.connector.TemplatePart;
import dev.parley.connector.TemplatePart.Parameter;
import dev.parley.connector.TemplateProvider;
import dev.parley.connector.TemplateProvider.Created;
import dev.parley.connector.TemplateProvider.Deleted;
import dev.parley.connector.TemplateProvider.Listed;
import dev.parley.connector.TemplateStatus;
import dev.parley.testkit.connector.FakeOutbound;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class WhatsAppTemplatesTest {

    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final TemplateDraft DRAFT = new TemplateDraft(
            "welcome", "en_US", "UTILITY", false, "[{\"type\":\"BODY\",\"text\":\"Hello {{1}}, welcome\"}]");
    private static final String BASE = "https://graph.example/base/v26.0/600000000000001/message_templates";
    private static final JsonMapper JSON = new JsonMapper();

    private final WhatsAppConnector connector = new WhatsAppConnector();
    private final TemplateProvider templates = connector.templates();

    private Created create(FakeOutbound outbound) {
        return templates.create(DRAFT, Samples.ACCOUNT, outbound, DEADLINE);
    }

    @Test
    void shouldHandOneInAndUnderstandTheAnswer() {
        FakeOutbound outbound = FakeOutbound.answering(
                200, "{\"category\":\"UTILITY\",\"id\":\"1689556908129832\",\"status\":\"PENDING\"}");
        assertThat(create(outbound))
                .isEqualTo(new Created.Submitted("1689556908129832", TemplateStatus.PENDING, "UTILITY"));
        assertThat(outbound.calls().getFirst().uri()).isEqualTo(URI.create(BASE));
        assertThat(JSON.readTree(outbound.onlyBody())).isEqualTo(JSON.readTree("""
                {"name":"welcome","language":"en_US","category":"UTILITY","parameter_format":"POSITIONAL",
                 "components":[{"type":"BODY","text":"Hello {{1}}, welcome"}]}"""));
        assertThat(create(FakeOutbound.answering(
                        200, "{\"status\":\"REJECTED\",\"category\":\"UTILITY\",\"id\":\"952305634123456\"}")))
                .isEqualTo(new Created.Submitted("952305634123456", TemplateStatus.REJECTED, "UTILITY"));
    }

    @Test
    void shouldTellApartWhatWasRefusedAndWhatIsNotKnown() {
        String refused = """
                {"error":{"message":"Invalid parameter","type":"OAuthException","code":100,"error_subcode":%d,
                 "error_user_title":"t","error_user_msg":"m","fbtrace_id":"A"}}""";
        assertThat(create(FakeOutbound.answering(400, refused.formatted(2388299))))
                .isInstanceOfSatisfying(
                        Created.Refused.class,
                        answer -> assertThat(answer.error().providerJson()).contains("2388299", "error_user_msg"));
        assertThat(create(FakeOutbound.answering(400, refused.formatted(2388024))))
                .isInstanceOf(Created.Exists.class);
        assertThat(create(FakeOutbound.answering(502, "<html>"))).isInstanceOf(Created.Unknown.class);
        assertThat(create(FakeOutbound.answering(200, "{\"id\":"))).isInstanceOf(Created.Unknown.class);
        assertThat(create(new FakeOutbound(new Exchange.NotSent("refused")))).isEqualTo(new Created.NotSent("refused"));
        assertThat(create(new FakeOutbound(new Exchange.Unknown("cut")))).isEqualTo(new Created.Unknown("cut"));
    }

    @Test
    void shouldListPageByPage() {
        FakeOutbound outbound = FakeOutbound.answering(200, """
                {"data":[{"id":"1","name":"Welcome","language":"en-us","status":"PAUSED","category":"utility",
                   "parameter_format":"NAMED","components":[],"quality_score":{"score":"RED"},"rejected_reason":"NONE"},
                  {"id":"2","name":"b","language":"nl","status":"REJECTED","category":"MARKETING",
                   "components":[],"rejected_reason":"SCAM"},
                  {"id":"3"}],
                 "paging":{"cursors":{"before":"A","after":"B"},"next":"https://graph.example/next"}}""");
        assertThat(templates.list("welcome", "X/Y", Samples.ACCOUNT, outbound, DEADLINE))
                .isEqualTo(new Listed.Page(
                        List.of(
                                new ProviderTemplate(
                                        "1",
                                        "welcome",
                                        "en_US",
                                        "UTILITY",
                                        true,
                                        "[]",
                                        TemplateStatus.PAUSED,
                                        null,
                                        "RED"),
                                new ProviderTemplate(
                                        "2",
                                        "b",
                                        "nl",
                                        "MARKETING",
                                        false,
                                        "[]",
                                        TemplateStatus.REJECTED,
                                        "SCAM",
                                        null)),
                        "B"));
        assertThat(outbound.calls().getFirst().uri().toString())
                .startsWith(BASE + "?fields=id%2Cname%2C")
                .endsWith("&limit=100&name=welcome&after=X%2FY");
        Listed last = templates.list(
                null,
                null,
                Samples.ACCOUNT,
                FakeOutbound.answering(200, "{\"data\":[],\"paging\":{\"cursors\":{\"after\":\"B\"}}}"),
                DEADLINE);
        assertThat(last).isEqualTo(new Listed.Page(List.of(), null));
        assertThat(templates.list(
                        null, null, Samples.ACCOUNT, FakeOutbound.answering(400, Samples.THROTTLED), DEADLINE))
                .isInstanceOf(Listed.Refused.class);
        assertThat(templates.list(null, null, Samples.ACCOUNT, FakeOutbound.answering(200, "{}"), DEADLINE))
                .isInstanceOf(Listed.Failed.class);
    }

    @Test
    void shouldDeleteOneInOneLanguage() {
        FakeOutbound outbound = FakeOutbound.answering(200, "{\"success\":true}");
        assertThat(templates.delete("welcome", "17", Samples.ACCOUNT, outbound, DEADLINE))
                .isEqualTo(new Deleted.Done());
        assertThat(outbound.calls().getFirst().method()).isEqualTo("DELETE");
        assertThat(outbound.calls().getFirst().uri()).isEqualTo(URI.create(BASE + "?hsm_id=17&name=welcome"));
        FakeOutbound gone = FakeOutbound.answering(400, "{\"error\":{\"code\":100,\"error_subcode\":2593002}}");
        assertThat(templates.delete("welcome", "17", Samples.ACCOUNT, gone, DEADLINE))
                .isEqualTo(new Deleted.Done());
        FakeOutbound refused = FakeOutbound.answering(400, Samples.THROTTLED);
        assertThat(templates.delete("welcome", "17", Samples.ACCOUNT, refused, DEADLINE))
                .isInstanceOf(Deleted.Refused.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0001',
            nullValues = "-",
            value = {
                "'event':'APPROVED','reason':'NONE','message_template_category':'UTILITY'|APPROVED|-|UTILITY",
                "'event':'REJECTED','reason':'INVALID_FORMAT','rejection_info':{'reason':'Variables touch.'}|REJECTED|INVALID_FORMAT: Variables touch.|-",
                "'event':'REJECTED','reason':'SCAM'|REJECTED|SCAM|-",
                "'event':'PAUSED','reason':null,'other_info':{'title':'FIRST_PAUSE'}|PAUSED|FIRST_PAUSE|-",
                "'event':'REINSTATED','reason':null|APPROVED|-|-",
                "'event':'PENDING_DELETION','reason':null|DELETED|-|-",
            })
    void shouldUnderstandAStatus(
            String value, TemplateStatus status, @Nullable String reason, @Nullable String category) {
        assertThat(parse("message_template_status_update", value))
                .isEqualTo(new ProviderUpdate.Template(
                        "1689556908129832",
                        "order_confirmation",
                        "en_US",
                        Instant.ofEpochSecond(1790000000),
                        new TemplateChange.Status(status, reason, category)));
    }

    @Test
    void shouldUnderstandQualityCategoryAndWhatIsToBeAskedFor() {
        String quality = "'previous_quality_score':'GREEN','new_quality_score':'YELLOW'";
        assertThat(change("message_template_status_update", quality)).isEqualTo(new TemplateChange.Quality("YELLOW"));
        assertThat(change("message_template_quality_update", quality)).isEqualTo(new TemplateChange.Quality("YELLOW"));
        assertThat(change("template_category_update", "'new_category':'MARKETING','previous_category':'UTILITY'"))
                .isEqualTo(new TemplateChange.Category("MARKETING"));
        assertThat(change("template_category_update", "'correct_category':'MARKETING'"))
                .isEqualTo(new TemplateChange.Other());
        assertThat(change("message_template_components_update", "'message_template_element':'x'"))
                .isEqualTo(new TemplateChange.Other());
        assertThat(change("message_template_status_update", "'event':'FLAGGED','disable_info':{'disable_date':'x'}"))
                .isEqualTo(new TemplateChange.Other());
    }

    @Test
    void shouldSendOneWithItsParameters() {
        FakeOutbound outbound =
                FakeOutbound.answering(200, Samples.ACCEPTED.replace("accepted", "held_for_quality_assessment"));
        var content = new Content.Template(
                "id",
                "interview_reminder",
                "en_US",
                List.of(
                        new TemplatePart(
                                TemplatePart.Kind.HEADER,
                                null,
                                0,
                                List.of(new Parameter.Media("image", "https://example.com/a.png", null))),
                        new TemplatePart(
                                TemplatePart.Kind.BODY,
                                null,
                                0,
                                List.of(
                                        new Parameter.Text(null, "Jessica"),
                                        new Parameter.Text("time", "09:30"),
                                        new Parameter.Currency(null, "$1.50", "USD", 1500),
                                        new Parameter.DateTime(null, "today"))),
                        new TemplatePart(
                                TemplatePart.Kind.BUTTON, "url", 1, List.of(new Parameter.Button("text", "abc123")))),
                "text");
        var request = new SendRequest(
                "org/msg/1", new Address(Address.PHONE, "14155550123"), content, Samples.ACCOUNT, DEADLINE);
        assertThat(connector.send(request, outbound).toString()).contains("held=true");
        assertThat(JSON.readTree(outbound.onlyBody())).isEqualTo(JSON.readTree("""
                {"messaging_product":"whatsapp","recipient_type":"individual","to":"+14155550123","type":"template",
                 "template":{"name":"interview_reminder","language":{"code":"en_US"},"components":[
                   {"type":"header","parameters":[{"type":"image","image":{"link":"https://example.com/a.png"}}]},
                   {"type":"body","parameters":[{"type":"text","text":"Jessica"},
                     {"type":"text","parameter_name":"time","text":"09:30"},
                     {"type":"currency","currency":{"fallback_value":"$1.50","code":"USD","amount_1000":1500}},
                     {"type":"date_time","date_time":{"fallback_value":"today"}}]},
                   {"type":"button","sub_type":"url","index":"1","parameters":[{"type":"text","text":"abc123"}]}]},
                 "biz_opaque_callback_data":"org/msg/1"}"""));
    }

    private TemplateChange change(String field, String value) {
        return ((ProviderUpdate.Template) parse(field, value)).change();
    }

    private ProviderUpdate parse(String field, String value) {
        String body = Samples.account(
                field,
                ("{'message_template_id':1689556908129832,'message_template_name':'Order_confirmation',"
                                + "'message_template_language':'en-US'," + value + "}")
                        .replace('\'', '"'));
        CallbackReceiver receiver = connector.callbacks();
        return receiver.parse(
                receiver.split(body.getBytes(StandardCharsets.UTF_8)).getFirst().json());
    }
}
