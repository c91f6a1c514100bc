package dev.parley.server.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.server.callbacks.CallbackIntake;
import dev.parley.server.platform.db.Database;
import dev.parley.server.platform.db.DatabaseOptions;
import dev.parley.testkit.postgres.TestDatabase;
import dev.parley.testkit.postgres.TrafficCounter;
import dev.parley.testkit.postgres.TrafficCounter.Traffic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What a message asks of the database after its accept: how often it is waited for, and how many statements run. These don't
 * depend on how fast the machine is. A change that raises these numbers makes every message dearer: see docs/performance.md
 * before raising them here.
 */
@NullUnmarked
class LifeCostTest {

    private static final int MANY = 60;
    private static final Traffic STATUSES = new Traffic(2, 5);

    private DispatchWorld world;
    private TrafficCounter counter;
    private Database counted;

    @BeforeEach
    void begin() throws Exception {
        world = new DispatchWorld(Appliers.PATIENT);
        counter = new TrafficCounter(world.test);
        TestDatabase test = counter.counted();
        // One connection: a pool that opens more while it is counted would be counted too.
        counted = Database.open(
                new DatabaseOptions(test.jdbcUrl(), test.username(), test.password(), 1, true, Duration.ofSeconds(30)));
    }

    @AfterEach
    void end() {
        counted.close();
        counter.close();
        world.close();
    }

    @Test
    void statusesTakeAsMuchForOneAsForMany() {
        sent(1 + 1 + MANY);
        try (CallbackIntake intake = Appliers.intake(world, counted, () -> {})) {
            taken(intake, 1);
            Traffic one = taken(intake, 1);
            Traffic many = taken(intake, MANY);
            assertThat(List.of(one, many)).as("one, and %d", MANY).containsOnly(STATUSES);
        }
        assertThat(world.count("select count(*) from messages where delivery_status = 'delivered'"))
                .isEqualTo(2 + MANY);
    }

    /** Messages that the provider has accepted. */
    private void sent(int count) {
        List<UUID> threads = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            threads.add(world.thread("316" + (10_000_000 + i), Duration.ofHours(23)));
        }
        threads.forEach(thread -> world.submit(thread, "Hello"));
        await().untilAsserted(() -> {
            world.dispatcher.look();
            assertThat(world.texts("select distinct delivery_status from messages"))
                    .containsExactly("sent");
        });
    }

    private Traffic taken(CallbackIntake intake, int count) {
        // A connection that was not used for a while is tried before it is used.
        counted.call(connection -> connection.isValid(0));
        Traffic before = counter.counts();
        Appliers.report(intake, world, "delivered", "sent", count);
        return counter.counts().since(before);
    }
}
