package dev.parley.server.events.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.server.events.EventFixture;
import dev.parley.server.events.ReaderStore;
import java.sql.Connection;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HorizonReaderTest {

    private static final Duration SHORT = Duration.ofMillis(50);

    private final EventFixture events = new EventFixture();

    @AfterEach
    void close() {
        events.close();
    }

    @Test
    void whereNoneWasFoundYetItIsWhatTheLogsReadersHaveComeTo() throws Exception {
        events.append(UUID.randomUUID(), 1);
        events.append(UUID.randomUUID(), 2);
        events.database.transact(connection -> {
            ReaderStore.WEBHOOKS.moveCursor(connection, 2);
            return 0;
        });
        try (Connection open = events.begin()) {
            events.change(open, UUID.randomUUID(), 3);
            events.append(UUID.randomUUID(), 4);

            assertThat(new HorizonReader(events.database, SHORT).find()).isEqualTo(2);
        }
    }

    @Test
    void doesNotFallBehindTheLastThatWasFound() throws Exception {
        events.append(UUID.randomUUID(), 1);
        HorizonReader reader = new HorizonReader(events.database, SHORT);
        await("no other test's transaction is in the way").until(() -> reader.find() == 1);
        try (Connection open = events.begin()) {
            events.change(open, UUID.randomUUID(), 2);

            assertThat(reader.find()).isEqualTo(1);
        }
    }
}
