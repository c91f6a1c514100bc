package dev.parley.server.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** A running server on a machine whose clock is an hour late or ahead, with a database whose clock is right. */
class WrongClockTest {

    private static final Instant IN_TEN_MINUTES =
            Instant.now().truncatedTo(ChronoUnit.SECONDS).plus(Duration.ofMinutes(10));

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(ints = {-1, 1})
    void timesThatCallersGiveMeanWhatTheySay(int hours) throws Exception {
        InstantSource machine = InstantSource.offset(InstantSource.system(), Duration.ofHours(hours));
        try (RunningServer server = RunningServer.onClock(folder, "pp_operator-token-0123456789", machine)) {
            WhatsAppCustomer customer = new WhatsAppCustomer(
                    server, new WhatsAppCustomer.Secrets("access-token", "app-secret", "verify-token", "Acme"));
            String thread = customer.openThreads(1).getFirst();

            JsonNode now = send(server, customer, thread, Map.of("expiresAt", IN_TEN_MINUTES.toString()));
            JsonNode later = send(server, customer, thread, Map.of("scheduledAt", IN_TEN_MINUTES.toString()));

            UUID sent = UUID.fromString(now.path("id").asString());
            await().until(() -> !customer.status(sent).equals("accepted"));
            assertThat(customer.failure(sent)).isEmpty();
            assertThat(time(later, "scheduledAt")).isEqualTo(IN_TEN_MINUTES);
            assertThat(server.query("select phase from messages where scheduled_at is not null"))
                    .isEqualTo("scheduled");
            assertThat(time(now, "createdAt")).isCloseTo(Instant.now(), within(5, ChronoUnit.MINUTES));
            assertThat(server.metric("parley_clock_correction_seconds")).isCloseTo(-3600.0 * hours, within(300.0));
        }
    }

    private static Instant time(JsonNode message, String attribute) {
        return OffsetDateTime.parse(message.path("attributes").path(attribute).asString())
                .toInstant();
    }

    private static JsonNode send(
            RunningServer server, WhatsAppCustomer customer, String thread, Map<String, String> times) {
        Map<String, Object> attributes = new HashMap<>(times);
        attributes.put("sendBy", "Anna");
        attributes.put("messageThreadId", thread);
        attributes.put("payload", Map.of("type", "text", "text", Map.of("value", "Hello")));
        return server.make("/messages", customer.token, "messages", attributes);
    }
}
