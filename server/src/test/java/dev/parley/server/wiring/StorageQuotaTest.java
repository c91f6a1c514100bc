package dev.parley.server.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.server.platform.json.Json;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How many bytes of files an organization may have stored. */
final class StorageQuotaTest {

    private static final String PHONE = "16505550188";
    private static final int SIZE = 40_000;

    @Test
    void refusesFilesBeyondAndTakesThemWhenSomeAreGone(@TempDir Path folder) throws Exception {
        Map<String, String> settings = Map.of("limits.storagePerOrganization", "100KiB");
        try (RunningServer server = new RunningServer(folder.resolve("data"), "partner-token-0001", settings)) {
            WhatsAppCustomer customer =
                    new WhatsAppCustomer(server, new WhatsAppCustomer.Secrets("access", "app-secret", "verify", "Org"));
            String thread = customer.thread(PHONE);
            customer.write(PHONE, "Ada", "Hello");
            await().until(() -> customer.windowIsOpen(thread));

            assertThat(send(server, customer, thread, 1).statusCode()).isEqualTo(201);
            assertThat(send(server, customer, thread, 2).statusCode()).isEqualTo(201);
            HttpResponse<String> full = send(server, customer, thread, 3, "Idempotency-Key", "third");
            assertThat(full.statusCode()).as(full.body()).isEqualTo(409);
            assertThat(full.body())
                    .contains("\"code\":\"storage_full\"")
                    .contains("\"limit\":102400")
                    .contains("/data/attributes/payload/document/data");
            assertThat(server.metric("parley_quota_refused_total{quota=\"storage\"}"))
                    .isPositive();
            assertThat(server.metric("parley_quota_fullest{quota=\"storage\"}")).isBetween(0.7, 1.0);

            server.sql("update media_files set size = 1");
            await().until(() -> server.metric("parley_quota_fullest{quota=\"storage\"}") < 0.1);
            assertThat(send(server, customer, thread, 3, "Idempotency-Key", "third")
                            .statusCode())
                    .isEqualTo(201);
        }
    }

    private static HttpResponse<String> send(
            RunningServer server, WhatsAppCustomer customer, String thread, int number, String... headers) {
        byte[] file = ("%PDF-1.4\n" + String.valueOf(number).repeat(SIZE)).getBytes(StandardCharsets.US_ASCII);
        Map<String, Object> document = Map.of(
                "type",
                "document",
                "document",
                Map.of("data", Base64.getEncoder().encodeToString(file), "filename", "a.pdf"));
        Map<String, Object> attributes = Map.of("sendBy", "Ada", "messageThreadId", thread, "payload", document);
        return server.api(
                "POST",
                "/messages",
                customer.token,
                Json.text(Map.of("data", Map.of("type", "messages", "attributes", attributes))),
                headers);
    }
}
