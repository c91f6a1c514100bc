package dev.parley.connectors.whatsapp;

import dev.parley.connector.AccountSettings;
import dev.parley.connector.Content;
import dev.parley.connectors.support.HmacSignature;
import dev.parley.testkit.connector.ConnectorSample;
import dev.parley.testkit.connector.FakeOutbound;
import java.util.List;
import java.util.Map;

/** Payloads in the shapes of Meta's documentation, with values of our own. */
final class Samples {

    static final AccountSettings ACCOUNT = new AccountSettings(Map.of(
            "phoneNumberId", "700000000000001",
            "businessAccountId", "600000000000001",
            "accessToken", "EAAG-token-of-the-tests",
            "appSecret", "app-secret-of-the-tests",
            "verifyToken", "verify-token-of-the-tests",
            "baseUrl", "https://graph.example/base/"));

    static final String ACCEPTED = """
            {"messaging_product":"whatsapp",
             "contacts":[{"input":"+14155550123","wa_id":"14155550123"}],
             "messages":[{"id":"wamid.OUT1","message_status":"accepted"}]}""";

    static final String THROTTLED = """
            {"error":{"message":"(#130429) Rate limit hit","type":"OAuthException","code":130429,
             "error_data":{"messaging_product":"whatsapp","details":"Throughput has been reached."},
             "error_subcode":2494055,"fbtrace_id":"A1"}}""";

    private Samples() {}

    static String text(String id, String from, String body) {
        return """
                {"from":"%s","id":"%s","timestamp":"1790000000","type":"text","text":{"body":"%s"}}""".formatted(from, id, body);
    }

    static String status(String id, String status) {
        return """
                {"id":"%s","status":"%s","timestamp":"1790000001","recipient_id":"14155550123",\
                "biz_opaque_callback_data":"org/msg/1"}""".formatted(id, status);
    }

    /** A body with one change of the field messages. */
    static String messages(String members) {
        return """
                {"object":"whatsapp_business_account","entry":[{"id":"600000000000001","changes":[{"value":\
                {"messaging_product":"whatsapp","metadata":{"display_phone_number":"15550100001",\
                "phone_number_id":"700000000000001"},%s},"field":"messages"}]}]}""".formatted(members);
    }

    /** A body with one change of an account-level field. */
    static String account(String field, String value) {
        return """
                {"object":"whatsapp_business_account","entry":[{"id":"600000000000001","time":1790000000,\
                "changes":[{"value":%s,"field":"%s"}]}]}""".formatted(value, field);
    }

    static ConnectorSample sample() {
        String callback =
                messages("\"contacts\":[{\"profile\":{\"name\":\"Ada\"},\"wa_id\":\"14155550123\"}],\"messages\":["
                        + text("wamid.IN1", "14155550123", "Hello") + "],\"statuses\":[" + status("wamid.OUT1", "sent")
                        + ","
                        + status("wamid.OUT1", "delivered")
                        + "],\"errors\":[{\"code\":130429,\"title\":\"Rate limit hit\"}]");
        return new ConnectorSample(
                new WhatsAppConnector(),
                ACCOUNT,
                new Content.Text("Hello"),
                "14155550123",
                List.of("+14155550123", "0014155550123", "+1 (415) 555-0123", "+1.415.555.0123", " 1415 5550123 "),
                List.of(
                        "",
                        "x",
                        "Ada Lovelace",
                        "0170 1234567",
                        "+1415555",
                        "+1415555012345678",
                        "9995550123",
                        "us.1234",
                        "US.",
                        "+1-800-FLOWERS",
                        "1415555012\u0000",
                        "a@example.com"),
                FakeOutbound.answer(200, ACCEPTED),
                FakeOutbound.answer(400, THROTTLED),
                callback,
                4,
                body -> Map.of("x-hub-signature-256", HmacSignature.of("app-secret-of-the-tests", body)));
    }
}
