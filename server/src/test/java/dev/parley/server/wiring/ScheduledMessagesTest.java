package dev.parley.server.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.server.platform.json.Json;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Messages that are to be sent later, of the whole server. */
@NullUnmarked
class ScheduledMessagesTest {

    private RunningServer server;
    private WhatsAppCustomer customer;
    private String thread;

    @BeforeEach
    void start(@TempDir Path folder) {
        server = new RunningServer(folder.resolve("data"), "pp_scheduled-token-0123456789");
        customer = new WhatsAppCustomer(
                server, new WhatsAppCustomer.Secrets("access-token", "app-secret", "verify-token", "Scheduled"));
        thread = customer.thread("31600000001");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private String scheduled(String text, Duration in) {
        return server.make(
                        "/messages",
                        customer.token,
                        "messages",
                        Map.of(
                                "sendBy",
                                "John",
                                "messageThreadId",
                                thread,
                                "scheduledAt",
                                at(in),
                                "payload",
                                Map.of("type", "text", "text", Map.of("value", text))))
                .path("id")
                .stringValue();
    }

    private static String at(Duration in) {
        return Json.time(Instant.now().plus(in));
    }

    private HttpResponse<String> patch(String id, Map<String, ?> attributes) {
        String body = Json.text(Map.of("data", Map.of("type", "messages", "attributes", attributes)));
        return server.api("PATCH", "/messages/" + id, customer.token, body);
    }

    private JsonNode message(String id) {
        return server.attributes("/messages/" + id, customer.token);
    }

    private OffsetDateTime time(String id, String attribute) {
        return OffsetDateTime.parse(message(id).path(attribute).asString());
    }

    private void openWindow() throws Exception {
        server.sql("insert into thread_windows (organization_id, thread_id, account_id, expires_at) values ('"
                + customer.organization + "', '" + thread + "', '" + customer.account
                + "', now() + interval '2 days')");
    }

    private void later(Duration by) throws Exception {
        server.sql("update database_clock set shift = interval '" + by.toSeconds() + "s'");
    }

    @Test
    void canBeMovedAndCancelledUntilDueAndAreSentInTheOrderOfTheirTimes() throws Exception {
        openWindow();
        String second = scheduled("second", Duration.ofMinutes(50));
        String first = scheduled("first", Duration.ofMinutes(30));
        String cancelled = scheduled("cancelled", Duration.ofMinutes(40));
        String moved = scheduled("moved", Duration.ofMinutes(20));
        assertThat(time(first, "expiresAt"))
                .isEqualTo(time(first, "scheduledAt").plusHours(24));
        assertThat(patch(moved, Map.of("scheduledAt", at(Duration.ofHours(5)))).statusCode())
                .isEqualTo(200);
        assertThat(server.api("DELETE", "/messages/" + cancelled, customer.token, null)
                        .statusCode())
                .isEqualTo(204);

        later(Duration.ofHours(1));

        await().until(() -> !message(second).path("deliveryStatus").asString().equals("accepted"));
        assertThat(server.query("select string_agg(payload->'text'->>'value', ',' order by seq) from messages"
                        + " where delivery_status <> 'accepted'"))
                .isEqualTo("first,second");
        assertThat(message(moved).path("deliveryStatus").asString()).isEqualTo("accepted");
        assertThat(server.query("select count(*) from attempts")).isEqualTo("2");
        assertThat(patch(first, Map.of("scheduledAt", at(Duration.ofHours(5)))).statusCode())
                .isEqualTo(409);
    }

    @Test
    void theWindowIsCheckedWhenTheyAreDue() throws Exception {
        String id = scheduled("too late", Duration.ofMinutes(30));
        assertThat(message(id).path("deliveryStatus").asString())
                .as("it may be open by then")
                .isEqualTo("accepted");
        later(Duration.ofHours(1));
        await().until(() -> message(id).path("deliveryStatus").asString().equals("failed"));
        assertThat(message(id).at("/errorMessages/0/code").asString()).isEqualTo("conversation_window_closed");
        assertThat(server.query("select count(*) from attempts")).isEqualTo("0");
    }

    @Test
    void whatIsTooLateWhenItsTurnComesIsNotSent() throws Exception {
        openWindow();
        String id = scheduled("too late", Duration.ofMinutes(30));
        assertThat(patch(id, Map.of("expiresAt", at(Duration.ofMinutes(40)))).statusCode())
                .isEqualTo(200);
        later(Duration.ofHours(1));
        await().until(() -> message(id).path("deliveryStatus").asString().equals("failed"));
        assertThat(message(id).at("/errorMessages/0/code").asString()).isEqualTo("expired");
        assertThat(server.query("select count(*) from attempts")).isEqualTo("0");
    }
}
