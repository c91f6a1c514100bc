package dev.parley.connectors.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.connector.AccountSettings;
import dev.parley.connector.Address;
import dev.parley.connector.CallbackReceiver;
import dev.parley.connector.InboundContent;
import dev.parley.connector.ProviderUpdate;
import dev.parley.connector.ProviderUpdate.Reported;
import dev.parley.connector.RawUpdate;
import dev.parley.connector.RouteKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WhatsAppCallbacksTest {

    private static final RouteKey NUMBER = new RouteKey("phone", "700000000000001");
    private static final RouteKey BUSINESS = new RouteKey("business", "600000000000001");
    private static final Address ADA = new Address(Address.PHONE, "14155550123");
    private final CallbackReceiver callbacks = new WhatsAppConnector().callbacks();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "test_app_secret|{\"object\":\"whatsapp_business_account\",\"entry\":[]}|dec6a680679a968e7e0319355b23599cbfc54502c0784668e9618baa0c633756",
                "test_app_secret|{\"object\": \"whatsapp_business_account\", \"entry\": []}|56cbbaf4961c6cfdae48b7f116c047e5eb513d2c931baae63a2bc1afd26f803a",
                "otro_secreto|{\"object\":\"whatsapp_business_account\",\"entry\":[]}|769b03d8c2ae6498f2d1e1f7299c0ba55448c69d741e7b0bb243d852d8a8d8c7"
            })
    void shouldCheckMetasSignature(String secret, String body, String hex) {
        assertThat(authentic(secret, body, "sha256=" + hex)).isTrue();
        assertThat(authentic(secret, body, "sha256=" + hex.toUpperCase(Locale.ROOT)))
                .isFalse();
        assertThat(authentic(secret, body, "sha1=" + hex)).isFalse();
        assertThat(authentic(secret, body, hex)).isFalse();
        assertThat(authentic(secret, body, "sha256=" + hex.substring(0, 32))).isFalse();
        assertThat(authentic(secret, body + "\n", "sha256=" + hex)).isFalse();
    }

    @Test
    void shouldMakeOneUpdateOfABodyThatWouldGrowBeyondMeasure() {
        String big = "é".repeat(512);
        String body = """
                {"entry":[{"id":"BIG","time":"BIG","changes":[{"field":"messages","value":{
                "metadata":{"display_phone_number":"BIG","phone_number_id":"BIG"},
                "contacts":[{"wa_id":"1","user_id":"BIG","profile":{"name":"BIG","username":"BIG"}}],
                "messages":[{"from":"1"}MORE]}}]}]}""".replace("BIG", big).replace("MORE", ",{\"from\":\"1\"}".repeat(19_000));
        List<RawUpdate> updates = callbacks.split(body.getBytes(StandardCharsets.UTF_8));
        assertThat(updates).hasSize(1);
        assertThat(callbacks.parse(updates.getFirst().json())).isInstanceOf(ProviderUpdate.Unknown.class);
    }

    @Test
    void shouldAnswerTheChallengeOnlyToWhoKnowsTheToken() {
        Map<String, String> right = Map.of(
                "hub.mode",
                "subscribe",
                "hub.challenge",
                "1158201444",
                "hub.verify_token",
                "verify-token-of-the-tests");
        assertThat(callbacks.answerChallenge(Samples.ACCOUNT, right)).isEqualTo("1158201444");
        for (Map.Entry<String, String> wrong : Map.of(
                        "hub.mode", "unsubscribe", "hub.verify_token", "verify-token", "hub.challenge", "<script>")
                .entrySet()) {
            var query = new java.util.HashMap<>(right);
            query.put(wrong.getKey(), wrong.getValue());
            assertThat(callbacks.answerChallenge(Samples.ACCOUNT, query))
                    .as(wrong.getKey())
                    .isNull();
            query.remove(wrong.getKey());
            assertThat(callbacks.answerChallenge(Samples.ACCOUNT, query))
                    .as(wrong.getKey())
                    .isNull();
        }
    }

    @Test
    void shouldUnderstandATextWithAllItsAddresses() {
        RawUpdate update = only(Samples.messages("""
                "contacts":[{"wa_id":"4915112345678"},{"profile":{"name":"Ada"},"wa_id":"14155550123","user_id":"US.1a"}],
                "messages":[{"from":"14155550123","from_user_id":"US.1a","id":"wamid.IN1","timestamp":"1790000000",
                 "type":"text","text":{"body":"Grüße \\u0000 👋 \\ud800"},"context":{"from":"15550100001","id":"wamid.OUT1"}}]"""));

        assertThat(update.route()).isEqualTo(NUMBER);
        assertThat(callbacks.parse(update.json()))
                .isEqualTo(new ProviderUpdate.Inbound(
                        "wamid.IN1",
                        Instant.ofEpochSecond(1_790_000_000),
                        List.of(ADA, new Address(Address.USER, "US.1a")),
                        new InboundContent.Text("Grüße \uFFFD 👋 \uFFFD"),
                        "wamid.OUT1"));
        assertThat(update.json())
                .contains("\"name\":\"Ada\"", "\"entry\":\"600000000000001\"", "display_phone_number")
                .doesNotContain("4915112345678");
    }

    @Test
    void shouldUnderstandACandidateWithoutANumber() {
        List<Address> user = List.of(new Address(Address.USER, "US.1a"));
        ProviderUpdate named = parse("\"messages\":[{\"from_user_id\":\"US.1a\",\"id\":\"w1\",\"timestamp\":1790000000,"
                + "\"type\":\"text\",\"text\":{\"body\":\"x\"}}]");
        ProviderUpdate byContact = parse("\"contacts\":[{\"user_id\":\"US.1a\"}],\"messages\":[{\"id\":\"w1\","
                + "\"timestamp\":1790000000,\"type\":\"text\",\"text\":{\"body\":\"x\"}}]");

        assertThat(List.of(named, byContact))
                .allSatisfy(update ->
                        assertThat(((ProviderUpdate.Inbound) update).from()).isEqualTo(user));
    }

    @ParameterizedTest
    @CsvSource({
        "image, image",
        "audio, audio",
        "video, video",
        "document, document",
        "sticker, sticker",
        "location, location",
        "contacts, contacts",
        "interactive, interactive",
        "button, button",
        "reaction, reaction",
        "order, order",
        "unsupported, unsupported",
        "edit, edit",
        "revoke, revoke",
        "hologram, hologram",
        "text, text",
        "'A B', unknown"
    })
    void shouldKeepWhatItDoesNotUnderstandOfACandidate(String type, String kept) {
        ProviderUpdate update =
                parse("\"messages\":[{\"from\":\"14155550123\",\"id\":\"w1\",\"timestamp\":\"1790000000\","
                        + "\"type\":\"" + type + "\",\"" + type + "\":{}}]");

        assertThat(update)
                .isEqualTo(new ProviderUpdate.Inbound(
                        "w1",
                        Instant.ofEpochSecond(1_790_000_000),
                        List.of(ADA),
                        new InboundContent.Unsupported(kept),
                        null));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"from\":\"14155550123\",\"timestamp\":\"1790000000\",\"type\":\"text\"}|without an id or a time",
                "{\"from\":\"14155550123\",\"id\":\"w\",\"type\":\"text\"}|without an id or a time",
                "{\"from\":\"14155550123\",\"id\":\"w\",\"timestamp\":\"soon\",\"type\":\"text\"}|without an id or a time",
                "{\"from\":\"14155550123\",\"id\":\"w\",\"timestamp\":\"1790000000000\",\"type\":\"text\"}|without an id or a time",
                "{\"from\":\"14155550123\",\"id\":\"w\",\"timestamp\":-5,\"type\":\"text\"}|without an id or a time",
                "{\"id\":\"w\",\"timestamp\":\"1790000000\",\"type\":\"text\"}|from nobody",
                "{\"from\":\"x y\",\"id\":\"w\",\"timestamp\":\"1790000000\",\"type\":\"text\"}|from nobody",
                "{\"from\":\"14155550123\",\"group_id\":\"g\",\"id\":\"w\",\"timestamp\":\"1790000000\",\"type\":\"text\"}|group",
                "{\"from\":\"14155550123\",\"type\":\"system\",\"system\":{\"type\":\"user_changed_number\"}}|address changed",
                "{\"from\":\"14155550123\",\"type\":\"system\",\"system\":{\"type\":\"user_changed_user_id\"}}|address changed"
            })
    void shouldKeepRawWhatIsNoMessage(String message, String reason) {
        assertThat(parse("\"messages\":[" + message + "]"))
                .isInstanceOfSatisfying(
                        ProviderUpdate.Unknown.class,
                        unknown -> assertThat(unknown.reason()).contains(reason));
    }

    @ParameterizedTest
    @CsvSource({"sent, SENT", "delivered, DELIVERED", "read, READ", "played, READ"})
    void shouldUnderstandAStatus(String word, Reported reported) {
        assertThat(parse("\"statuses\":[" + Samples.status("wamid.OUT1", word) + "]"))
                .isEqualTo(new ProviderUpdate.Status(
                        "org/msg/1", "wamid.OUT1", reported, Instant.ofEpochSecond(1_790_000_001), List.of(ADA), null));
    }

    @Test
    void shouldUnderstandAFailure() {
        String failed = "{\"id\":\"wamid.OUT1\",\"status\":\"failed\",\"timestamp\":\"1790000001\","
                + "\"recipient_id\":\"14155550123\",\"recipient_user_id\":\"US.1a\",\"errors\":[{\"code\":131047,"
                + "\"title\":\"Re-engagement message\",\"message\":\"Re-engagement message\","
                + "\"error_data\":{\"details\":\"More than 24 hours.\"}}]}";
        ProviderUpdate.Status status = (ProviderUpdate.Status) parse("\"statuses\":[" + failed + "]");

        assertThat(status.reference()).isNull();
        assertThat(status.addresses()).containsExactly(ADA, new Address(Address.USER, "US.1a"));
        assertThat(status.error()).satisfies(error -> {
            assertThat(error.code()).isEqualTo("conversation_window_closed");
            assertThat(error.providerText()).isEqualTo("Re-engagement message: More than 24 hours.");
        });
        ProviderUpdate.Status bare = (ProviderUpdate.Status)
                parse("\"statuses\":[{\"id\":\"w\",\"status\":\"failed\",\"timestamp\":\"1790000001\"}]");
        assertThat(bare.error()).satisfies(error -> assertThat(error.code()).isEqualTo("provider_refused"));
    }

    @Test
    void shouldKeepRawAStatusThatItDoesNotKnow() {
        assertThat(parse("\"statuses\":[" + Samples.status("w", "warmed") + "]"))
                .isInstanceOf(ProviderUpdate.Unknown.class);
        assertThat(parse("\"statuses\":[{\"status\":\"sent\",\"timestamp\":\"1790000001\"}]"))
                .isInstanceOf(ProviderUpdate.Unknown.class);
        assertThat(
                        parse(
                                "\"statuses\":[{\"id\":\"g\",\"recipient_type\":\"group\",\"status\":\"sent\",\"timestamp\":\"1790000001\"}]"))
                .isInstanceOf(ProviderUpdate.Unknown.class);
    }

    @Test
    void shouldNoticeErrorsAndAccountLevelFields() {
        assertThat(parse("\"errors\":[{\"code\":130429}]")).isEqualTo(new ProviderUpdate.Notice("provider_error"));
        RawUpdate template = only(Samples.account("message_template_status_update", "{\"event\":\"APPROVED\"}"));
        assertThat(template.route()).isEqualTo(BUSINESS);
        assertThat(template.json()).contains("\"event\":\"APPROVED\"", "\"time\":\"1790000000\"");
        assertThat(callbacks.parse(template.json())).isInstanceOf(ProviderUpdate.Unknown.class);
        assertThat(callbacks.parse(only(Samples.account("security", "{}")).json()))
                .isEqualTo(new ProviderUpdate.Notice("security"));
        RawUpdate calls = only(Samples.account("calls", "{\"metadata\":{\"phone_number_id\":\"700000000000001\"}}"));
        assertThat(calls.route()).isEqualTo(NUMBER);
        assertThat(callbacks.parse(calls.json())).isInstanceOf(ProviderUpdate.Unknown.class);
    }

    @Test
    void shouldSplitAThousandUpdatesOverEntriesAndChangesQuickly() {
        String texts = IntStream.range(0, 100)
                .mapToObj(i -> Samples.text("in-" + i, String.valueOf(14155550000L + i), "Hello " + i))
                .collect(Collectors.joining(","));
        String contacts = IntStream.range(0, 100)
                .mapToObj(i -> "{\"wa_id\":\"" + (14155550000L + i) + "\",\"user_id\":\"US.u" + i + "\"}")
                .collect(Collectors.joining(","));
        String statuses = IntStream.range(0, 100)
                .mapToObj(i -> Samples.status("out-" + i, "read"))
                .collect(Collectors.joining(","));
        String one = Samples.messages(
                "\"contacts\":[" + contacts + "],\"messages\":[" + texts + "],\"statuses\":[" + statuses + "]");
        String entry = one.substring(one.indexOf("[{\"id\"") + 1, one.length() - 2);
        byte[] body = ("{\"entry\":[" + String.join(",", List.of(entry, entry, entry, entry, entry)) + "]}")
                .getBytes(StandardCharsets.UTF_8);
        callbacks.split(body);

        long start = System.nanoTime();
        List<ProviderUpdate> updates = callbacks.split(body).stream()
                .map(update -> callbacks.parse(update.json()))
                .toList();
        Duration took = Duration.ofNanos(System.nanoTime() - start);

        assertThat(updates).hasSize(1_000);
        assertThat(((ProviderUpdate.Inbound) updates.get(7)).from())
                .containsExactly(new Address(Address.PHONE, "14155550007"), new Address(Address.USER, "US.u7"));
        assertThat(((ProviderUpdate.Status) updates.get(100)).providerMessageId())
                .isEqualTo("out-0");
        assertThat(took).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void shouldSplitNothingOutOfNothing() {
        assertThat(callbacks.split(
                        "{\"object\":\"whatsapp_business_account\",\"entry\":[]}".getBytes(StandardCharsets.UTF_8)))
                .isEmpty();
    }

    private boolean authentic(String secret, String body, String header) {
        return callbacks.isAuthentic(
                new AccountSettings(Map.of("appSecret", secret)),
                Map.of("x-hub-signature-256", header),
                body.getBytes(StandardCharsets.UTF_8));
    }

    private ProviderUpdate parse(String members) {
        return callbacks.parse(only(Samples.messages(members)).json());
    }

    private RawUpdate only(String body) {
        List<RawUpdate> updates = callbacks.split(body.getBytes(StandardCharsets.UTF_8));
        assertThat(updates).hasSize(1);
        return updates.getFirst();
    }
}
