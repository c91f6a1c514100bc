package dev.parley.server.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.server.Patience;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A running server whose database's clock is set back by an hour. */
class DatabaseClockTest {

    @TempDir
    private Path folder;

    @Test
    void aMessageThatWaitsForItsTurnGoesOutSoonAfterwards() throws Exception {
        try (RunningServer server =
                new RunningServer(folder, "pp_operator-token-0123456789", Map.of("log.level", "error"))) {
            WhatsAppCustomer customer = new WhatsAppCustomer(
                    server, new WhatsAppCustomer.Secrets("access-token", "app-secret", "verify-token", "Acme"));
            String thread = customer.openThreads(1).getFirst();
            server.sql("update thread_dispatch set pair_tokens = 0, pair_refilled_at = parley_now()");
            UUID message = UUID.randomUUID();
            assertThat(customer.send(message, thread, "Hello", "Anna").statusCode())
                    .isEqualTo(201);
            await().until(() -> server.query(
                            "select count(*) from thread_dispatch where has_work and due_at > parley_now()")
                    .equals("1"));
            server.sql("update database_clock set shift = interval '-1 hour'");

            await().atMost(Patience.OF_STORMS)
                    .untilAsserted(() -> assertThat(customer.status(message)).isNotEqualTo("accepted"));
            assertThat(customer.failure(message)).isEmpty();
        }
    }
}
