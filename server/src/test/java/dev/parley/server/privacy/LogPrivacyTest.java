package dev.parley.server.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.server.events.stream.StreamReader;
import dev.parley.server.platform.json.Json;
import dev.parley.server.platform.logging.CapturedLog;
import dev.parley.server.wiring.RunningServer;
import dev.parley.server.wiring.WhatsAppCustomer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nothing that is secret or personal is logged, whatever happens: every such value of the requests, callbacks and failures
 * below is marked, and no mark is found in what the process wrote or in the database's own log.
 */
class LogPrivacyTest {

    private static final String PARTNER_TOKEN = "pp_mark-partner-token-00";
    private static final String WRONG_TOKEN = "org_mark-wrong-token-01";
    private static final String ACCESS_TOKEN = "mark-access-token-02";
    private static final String APP_SECRET = "mark-app-secret-03";
    private static final String VERIFY_TOKEN = "mark-verify-token-04";
    private static final String NAME = "Markname";
    private static final String PHONE = "31655500777";
    private static final String OTHER_PHONE = "31655500888";
    private static final String EMAIL = "mark.mail@example.org";
    private static final String TEXT = "mark-text-05";
    private static final String INBOUND = "mark-inbound-06";
    private static final String QUERY = "mark-query-07";
    private static final String PROVIDER_DETAIL = "mark-provider-detail-08";
    private static final String METADATA = "mark-metadata-09";
    private static final String SENDER = "Marksender";
    private static final String KEY = "mark-idempotency-key-10";

    @TempDir
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private RunningServer server;

    @SuppressWarnings("NullAway.Init")
    private WhatsAppCustomer customer;

    private final List<String> marks = new ArrayList<>(List.of(
            PARTNER_TOKEN,
            WRONG_TOKEN,
            ACCESS_TOKEN,
            APP_SECRET,
            VERIFY_TOKEN,
            NAME,
            PHONE,
            OTHER_PHONE,
            EMAIL,
            TEXT,
            INBOUND,
            QUERY,
            PROVIDER_DETAIL,
            METADATA,
            SENDER,
            KEY));

    @Test
    void nothingSecretOrPersonalIsLogged() throws Exception {
        List<String> formats;
        try (CapturedLog captured = new CapturedLog()) {
            drive();
            formats = List.of(captured.text(), captured.json());
        }
        assertThat(formats).allSatisfy(log -> {
            // It listened, and to what matters.
            assertThat(log)
                    .contains("SQL state 23514")
                    .contains("set aside")
                    .contains("request ")
                    .contains("PostgreSQL (process");
            assertThat(found(log)).as("in the log").isEmpty();
        });
        assertThat(found(databaseLogs())).as("in the database's log").isEmpty();
    }

    private void drive() throws Exception {
        // What is claimed when the database dies holds its thread until its lease ends.
        Map<String, String> shortWaits = Map.of(
                "circuit.pause",
                "100ms",
                "circuit.maxPause",
                "500ms",
                "dispatch.callDeadline",
                "4s",
                "dispatch.lease",
                "13s");
        try (RunningServer running = RunningServer.embedded(folder.resolve("data"), PARTNER_TOKEN, shortWaits)) {
            server = running;
            customer = new WhatsAppCustomer(
                    running, new WhatsAppCustomer.Secrets(ACCESS_TOKEN, APP_SECRET, VERIFY_TOKEN, NAME + " Ltd"));
            marks.add(customer.token);
            String thread = conversation();
            stream();
            providerFailures(thread);
            wrongRequests(thread);
            wrongCallbacks();
            databaseRefuses(thread);
            databaseDies(thread);
        }
    }

    private String conversation() {
        server.make(
                "/candidates",
                customer.token,
                "candidates",
                Map.of("phone", "+" + PHONE, "firstName", NAME, "lastName", NAME, "email", EMAIL));
        String thread = customer.thread(PHONE);
        customer.write(PHONE, NAME, INBOUND);
        customer.write(OTHER_PHONE, NAME, INBOUND);
        await().until(() -> customer.windowIsOpen(thread));
        UUID sent = UUID.randomUUID();
        assertThat(server.api(
                                "POST",
                                "/messages",
                                customer.token,
                                WhatsAppCustomer.text(sent, thread, TEXT, SENDER)
                                        .replace("\"sendBy\"", "\"metadata\":{\"k\":\"" + METADATA + "\"},\"sendBy\""),
                                "Idempotency-Key",
                                KEY)
                        .statusCode())
                .isEqualTo(201);
        await().until(() -> !customer.status(sent).equals("accepted"));
        return thread;
    }

    private void stream() {
        String ticket = server.make("/events/tickets", customer.token, "eventTickets", Map.of())
                .at("/attributes/ticket")
                .asString();
        marks.add(ticket);
        String url = server.raw("GET", "/", null).uri().resolve("/public/v2/events/stream?ticket=" + ticket)
                + "&page[after]=0&filter[resourceType]=candidates";
        StreamReader reader = StreamReader.open(url);
        assertThat(reader.status).isEqualTo(200);
        await().until(() -> !reader.events.isEmpty());
        assertThat(StreamReader.open(url + "&unknown=" + QUERY).status).isEqualTo(400);
    }

    private void providerFailures(String thread) {
        Map<String, Object> none = Map.of();
        for (Map<String, Object> effects : List.<Map<String, Object>>of(
                Map.of("error", Map.of("code", 131026, "details", PROVIDER_DETAIL + " " + TEXT)),
                Map.of("error", Map.of("code", 131000, "details", PROVIDER_DETAIL)),
                Map.of("failLater", Map.of("code", 131026, "details", PROVIDER_DETAIL)),
                Map.of("acceptThenCut", none),
                Map.of("cutBefore", none),
                Map.of("garbage", none),
                Map.of("http", Map.of("status", 502)))) {
            server.control("/faults", Map.of("rules", List.of(Map.of("count", 1, "effects", effects))));
            UUID sent = UUID.randomUUID();
            assertThat(customer.send(sent, thread, TEXT, SENDER).statusCode()).isEqualTo(201);
            await().until(() -> server.api("GET", "/messages/" + sent + "/attempts", customer.token, null)
                    .body()
                    .contains("\"outcome\":\""));
        }
    }

    private void wrongRequests(String thread) {
        String token = customer.token;
        String good = WhatsAppCustomer.text(UUID.randomUUID(), thread, TEXT, SENDER);
        List<HttpResponse<String>> answers = List.of(
                server.api("POST", "/messages", token, good.substring(0, good.length() - 7)),
                server.api("POST", "/messages", token, good.replace("\"" + TEXT + "\"", "[\"" + TEXT + "\"]")),
                server.api("POST", "/messages", token, good.replace(TEXT, TEXT + "\\u0000")),
                server.api("POST", "/messages", token, good.replace("\"sendBy\"", "\"" + NAME + "\"")),
                server.api("POST", "/messages", token, TEXT),
                server.api("POST", "/messages", token, good, "Idempotency-Key", KEY),
                server.api("POST", "/messages", WRONG_TOKEN, good),
                server.api("POST", "/candidates", token, "{\"data\":{\"type\":\"" + NAME + "\"}}"),
                server.api("GET", "/messages?filter%5BmessageThreadId%5D=" + QUERY, token, null),
                server.api("GET", "/messages?" + QUERY + "=" + QUERY, token, null),
                server.api("GET", "/candidates?sort=" + QUERY, token, null),
                server.api("GET", "/candidates/" + QUERY, token, null),
                server.raw("GET", "/" + QUERY + "?email=" + URLEncoder.encode(EMAIL, StandardCharsets.UTF_8), null));
        assertThat(answers).allSatisfy(answer -> assertThat(answer.statusCode()).isBetween(400, 499));
    }

    private void wrongCallbacks() {
        Map<String, Object> body = Map.of("object", "whatsapp_business_account", "entry", List.of(Map.of("id", TEXT)));
        for (String signature : List.of("wrong", "none", "valid")) {
            server.control(
                    "/callback", Map.of("phoneNumberId", customer.phoneNumberId, "body", body, "signature", signature));
        }
        server.control("/callback", Map.of("phoneNumberId", customer.phoneNumberId, "raw", "{\"entry\":[" + INBOUND));
        server.control("/verify", Map.of("phoneNumberId", customer.phoneNumberId, "verifyToken", VERIFY_TOKEN));
        server.control("/verify", Map.of("phoneNumberId", customer.phoneNumberId, "verifyToken", WRONG_TOKEN));
        server.raw(
                "GET", customer.callbackUrl.replaceFirst("^https?://[^/]+", "") + "?hub.verify_token=" + QUERY, null);
    }

    /** Errors of the database quote the row, or the key. */
    private void databaseRefuses(String thread) throws Exception {
        server.sql("alter table messages add constraint refused check (payload::text not like '%refused%') not valid");
        server.sql("alter table candidates add constraint refused check (email not like 'refused%')");
        server.sql("create unique index refused_twice on candidates (email)");
        assertThat(customer.send(UUID.randomUUID(), thread, TEXT + " refused", SENDER)
                        .statusCode())
                .isEqualTo(500);
        customer.write(PHONE, NAME, INBOUND + " refused");
        await().until(() -> server.metric("parley_callbacks_kept{state=\"set_aside\"}") >= 1);
        assertThat(candidate(EMAIL).statusCode()).isEqualTo(409);
        assertThat(candidate("refused." + EMAIL).statusCode()).isEqualTo(500);
    }

    private HttpResponse<String> candidate(String email) {
        Map<String, String> attributes = Map.of("phone", "+" + OTHER_PHONE, "firstName", NAME, "email", email);
        String body = Json.text(Map.of("data", Map.of("type", "candidates", "attributes", attributes)));
        return server.api("POST", "/candidates", customer.token, body);
    }

    private void databaseDies(String thread) throws Exception {
        UUID sent = UUID.randomUUID();
        assertThat(customer.send(sent, thread, TEXT, SENDER).statusCode()).isEqualTo(201);
        server.breakDatabase();
        await().until(() -> server.management("/health/ready").statusCode() == 503);
        assertThat(customer.send(UUID.randomUUID(), thread, TEXT, SENDER).statusCode())
                .isEqualTo(503);
        assertThat(server.api("GET", "/candidates?page%5Bnumber%5D=1", customer.token, null)
                        .statusCode())
                .isEqualTo(503);
        customer.write(PHONE, NAME, INBOUND);
        server.repairDatabase();
        await().atMost(Duration.ofSeconds(60))
                .ignoreExceptions()
                .until(() -> !customer.status(sent).equals("accepted"));
        // An account that its provider refuses is paused, with the provider's words as the reason.
        server.control(
                "/faults",
                Map.of(
                        "rules",
                        List.of(Map.of(
                                "count",
                                1,
                                "effects",
                                Map.of("error", Map.of("code", 190, "details", PROVIDER_DETAIL))))));
        assertThat(customer.send(UUID.randomUUID(), thread, TEXT, SENDER).statusCode())
                .isEqualTo(201);
        await().until(() -> server.attributes("/channel-accounts/" + customer.account, customer.token)
                .path("status")
                .asString()
                .equals("paused"));
    }

    private List<String> found(String text) {
        return marks.stream()
                .filter(text::contains)
                .map(mark -> mark + ": " + around(text, text.indexOf(mark)))
                .toList();
    }

    private static String around(String text, int at) {
        return text.substring(Math.max(0, at - 300), Math.min(text.length(), at + 100));
    }

    private String databaseLogs() throws IOException {
        try (Stream<Path> files = Files.find(
                folder.resolve("data"), 4, (path, attributes) -> path.toString().endsWith(".log"))) {
            return String.join("\n", files.map(LogPrivacyTest::read).toList());
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
