package dev.parley.server.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.server.Schema;
import dev.parley.server.openapi.DocumentCheck;
import dev.parley.server.platform.http.HttpClients;
import dev.parley.server.platform.json.Json;
import dev.parley.testkit.postgres.TestDatabase;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Two servers on one database tell each other what has changed, instead of waiting until the other looks. */
class TwoServersTest {

    private static final String PARTNER = "pp_two-servers-test-token-0123456789";
    /** Within the 5 s for which a token is remembered. */
    private static final Duration AT_ONCE = Duration.ofSeconds(4);

    private static final String CONNECTED = "parley_listener_connected";

    @TempDir
    Path folder;

    private TestDatabase test;
    private RunningServer first;
    private RunningServer second;

    @BeforeEach
    void start() {
        test = Schema.create();
        first = server(Map.of("dispatch.concurrency", "1"));
        second = server(Map.of());
        await().untilAsserted(
                        () -> assertThat(first.metric("parley_nodes_others")).isEqualTo(1));
        assertThat(second.metric("parley_nodes_others")).isEqualTo(1);
    }

    @AfterEach
    void stop() {
        first.close();
        second.close();
        test.close();
    }

    private RunningServer server(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(RunningServer.on(test));
        settings.putAll(more);
        return new RunningServer(folder.resolve("nodes"), PARTNER, settings);
    }

    private static int status(RunningServer server, String token) {
        return server.api("GET", "/organizations", token, null).statusCode();
    }

    private static String refreshed(RunningServer server, String organization) {
        HttpResponse<String> answer = server.api("POST", "/management/refresh-token/" + organization, PARTNER, null);
        assertThat(answer.statusCode()).isEqualTo(200);
        return Json.MAPPER.readTree(answer.body()).at("/data/attributes/token").stringValue();
    }

    private long number(String sql) throws SQLException {
        try (Connection connection = test.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    @Test
    void aReplacedTokenIsForgottenByTheOtherAtOnceAlsoAfterItsListenerWasCutOff() throws Exception {
        String organization = first.make("/management/organizations", PARTNER, "organizations", Map.of("name", "Acme"))
                .path("id")
                .asString();
        String old = refreshed(first, organization);
        assertThat(status(second, old)).isEqualTo(200);
        String next = refreshed(first, organization);
        await().atMost(AT_ONCE)
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(() -> assertThat(status(second, old)).isEqualTo(401));
        assertThat(status(second, next)).isEqualTo(200);

        assertThat(number("select count(pg_terminate_backend(pid, 5000)) from pg_stat_activity where datname = '"
                        + test.name() + "' and application_name = 'parley listener'"))
                .isEqualTo(2);
        await().untilAsserted(() -> {
            assertThat(number("select count(*) from pg_stat_activity where datname = '" + test.name()
                            + "' and application_name = 'parley listener'"))
                    .isEqualTo(2);
            assertThat(first.metric(CONNECTED)).isEqualTo(1);
            assertThat(second.metric(CONNECTED)).isEqualTo(1);
        });
        assertThat(status(second, next)).isEqualTo(200);
        assertThat(first.api("DELETE", "/management/organizations/" + organization, PARTNER, null)
                        .statusCode())
                .isEqualTo(204);
        await().atMost(AT_ONCE)
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(() -> assertThat(status(second, next)).isEqualTo(401));
    }

    @Test
    void workThatOneCannotDoAtOnceIsDoneByTheOther() {
        WhatsAppCustomer customer = customer();
        List<String> threads = customer.openThreads(4);
        first.control("/faults", Map.of("rules", List.of(slowSends(1500))));
        double before = second.metric("parley_hints_total{topic=\"dispatch\",way=\"heard\"");
        List<UUID> sent = new ArrayList<>();
        for (String thread : threads) {
            sent.add(UUID.randomUUID());
            assertThat(customer.send(sent.getLast(), thread, "Hello", "Ada").statusCode())
                    .isEqualTo(201);
        }

        await().untilAsserted(() -> assertThat(second.metric("parley_hints_total{topic=\"dispatch\",way=\"heard\""))
                .isGreaterThan(before));
        await().untilAsserted(() -> assertThat(sent)
                .allSatisfy(id -> assertThat(customer.status(id)).isIn("sent", "delivered", "read")));
        // A status may come before the slow answer.
        await().untilAsserted(() -> assertThat(
                        first.metric("parley_attempts_seconds_count") + second.metric("parley_attempts_seconds_count"))
                .isEqualTo(4));
        assertThat(second.metric("parley_attempts_seconds_count")).isPositive();
    }

    @Test
    void whatOneAppendsToTheLogTheOtherIsToldOf() {
        String organization = first.make("/management/organizations", PARTNER, "organizations", Map.of("name", "Acme"))
                .path("id")
                .asString();
        String token = refreshed(first, organization);
        String heard = "parley_hints_total{topic=\"events\",way=\"heard\"";
        double before = second.metric(heard);
        double own = first.metric(heard);
        first.make("/candidates", token, "candidates", Map.of("phone", "+31612345678"));

        await().untilAsserted(() -> assertThat(second.metric(heard)).isGreaterThan(before));
        assertThat(first.metric(heard)).as("nobody hears itself").isEqualTo(own);
    }

    @Test
    void anAccountThatChangedIsReadAnewByTheOther() {
        WhatsAppCustomer customer = customer();
        String path = customer.callbackUrl.substring(customer.callbackUrl.indexOf("/callbacks"));
        String verify = path + "?hub.mode=subscribe&hub.challenge=42&hub.verify_token=";
        await().untilAsserted(() -> assertThat(
                        second.raw("GET", verify + "verify", null).statusCode())
                .isEqualTo(200));
        String change = Json.text(Map.of(
                "data",
                Map.of(
                        "type",
                        "channelAccounts",
                        "id",
                        customer.account,
                        "attributes",
                        Map.of("settings", Map.of("verifyToken", "another")))));
        HttpResponse<String> changed =
                first.api("PATCH", "/channel-accounts/" + customer.account, customer.token, change);
        assertThat(changed.statusCode()).as(changed.body()).isEqualTo(200);

        await().atMost(AT_ONCE)
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(() -> assertThat(
                                second.raw("GET", verify + "another", null).statusCode())
                        .isEqualTo(200));
    }

    @Test
    void aFileThatOneAcceptedIsServedAndSentByTheOther() throws Exception {
        WhatsAppCustomer customer = customer();
        List<String> threads = customer.openThreads(4);
        first.control(
                "/faults",
                Map.of(
                        "rules",
                        List.of(Map.of("on", "upload", "effects", Map.of("slow", Map.of("ms", 800))), slowSends(800))));
        List<String> hashes = new ArrayList<>();
        List<String> sent = new ArrayList<>();
        for (String thread : threads) {
            hashes.add(Samples.sha256(Samples.png(thread)));
            String data = Base64.getEncoder().encodeToString(Samples.png(thread));
            sent.add(message(first, customer, thread, Map.of("type", "image", "image", Map.of("data", data))));
        }

        for (int i = 0; i < sent.size(); i++) {
            HttpResponse<byte[]> got = file(second, customer, sent.get(i));
            assertThat(got.statusCode()).isEqualTo(200);
            assertThat(got.body()).isEqualTo(Samples.png(threads.get(i)));
        }
        await().untilAsserted(() ->
                assertThat(ledger().findValuesAsString("sha256")).containsExactlyInAnyOrderElementsOf(hashes));
        await().untilAsserted(() ->
                assertThat(second.metric("parley_attempts_seconds_count")).isPositive());
    }

    @Test
    void aTemplateWhoseApprovalOneIsToldIsUsedByTheOtherAtOnce() {
        WhatsAppCustomer customer = customer();
        String thread = customer.thread("31612345670");
        String id = second.make(
                        "/message-templates",
                        customer.token,
                        "messageTemplates",
                        Map.of(
                                "name",
                                "shared",
                                "language",
                                "en_US",
                                "category",
                                "UTILITY",
                                "components",
                                List.of(Map.of("type", "BODY", "text", "Hello there"))))
                .path("id")
                .asString();
        String body = body(thread, Map.of("type", "template", "template", Map.of("id", id)));
        assertThat(second.api("POST", "/messages", customer.token, body).statusCode())
                .isEqualTo(422);

        approvedAtFirst(customer, id);
        HttpResponse<String> made = second.api("POST", "/messages", customer.token, body);
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        await().untilAsserted(
                        () -> assertThat(ledger().findValuesAsString("text")).containsExactly("Hello there"));
    }

    /** The provider approves the template, and tells the first server, as its callbacks go there. */
    private void approvedAtFirst(WhatsAppCustomer customer, String id) {
        assertThat(customer.callbackUrl)
                .startsWith(first.raw("GET", "/", null).uri().resolve("/").toString());
        first.control(
                "/templates/change",
                Map.of("wabaId", "209876543210", "name", "shared", "event", "APPROVED", "wait", true));
        await().pollInterval(Duration.ofMillis(10))
                .untilAsserted(() -> assertThat(first.attributes("/message-templates/" + id, customer.token)
                                .path("status")
                                .asString())
                        .isEqualTo("APPROVED"));
    }

    private WhatsAppCustomer customer() {
        return new WhatsAppCustomer(first, new WhatsAppCustomer.Secrets("access", "secret", "verify", "Acme"));
    }

    private static Map<String, ?> slowSends(int milliseconds) {
        return Map.of("effects", Map.of("slow", Map.of("ms", milliseconds)));
    }

    private static String body(String thread, Map<String, ?> payload) {
        return Json.text(Map.of(
                "data",
                Map.of(
                        "type",
                        "messages",
                        "attributes",
                        Map.of("sendBy", "Ada", "messageThreadId", thread, "payload", payload))));
    }

    private static String message(
            RunningServer server, WhatsAppCustomer customer, String thread, Map<String, ?> payload) {
        HttpResponse<String> made = server.api("POST", "/messages", customer.token, body(thread, payload));
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        return Json.MAPPER.readTree(made.body()).at("/data/id").asString();
    }

    private static HttpResponse<byte[]> file(RunningServer server, WhatsAppCustomer customer, String message) {
        URI uri = server.raw("GET", "/", null).uri().resolve("/public/v2/messages/" + message + "/media");
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(uri)
                    .header("Authorization", "Bearer " + customer.token)
                    .build();
            HttpResponse<byte[]> answer = http.send(request, BodyHandlers.ofByteArray());
            DocumentCheck.checkHead(request, answer);
            return answer;
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What the provider accepted. */
    private JsonNode ledger() {
        return Json.MAPPER
                .readTree(HttpClients.send("GET", first.simulatorUrl() + "/_control/ledger", null)
                        .body())
                .path("entries");
    }
}
