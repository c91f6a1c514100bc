package dev.parley.server.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.server.Schema;
import dev.parley.server.callbacks.CallbackIntake;
import dev.parley.server.platform.db.Database;
import dev.parley.server.platform.db.Migrations;
import dev.parley.testkit.postgres.DurablePostgres;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How often the whole life of a message waits for the disk when nothing shares a wait with it: accepted, claimed, its result kept,
 * and each of two reports taken in. Under load all of these are done in groups. See docs/performance.md before raising
 * the number.
 */
@NullUnmarked
class LifeFlushTest {

    private static final int MESSAGES = 10;

    /** Five that belong to it, and what is done now and then beside them. */
    private static final double MOST = 7;

    @Test
    void aMessageAloneWaitsForTheDiskFiveTimes(@TempDir Path folder) throws Exception {
        try (DurablePostgres postgres = new DurablePostgres(folder)) {
            try (Database migrating = Schema.open(postgres.database())) {
                Migrations.run(migrating);
            }
            long begin = flushes(postgres);
            live(postgres, 0);
            long without = flushes(postgres) - begin;
            live(postgres, MESSAGES);
            long lives = flushes(postgres) - begin - without - without;
            System.out.println(
                    "flushes of the log for the lives of a hundred messages, one by one: " + lives * 100 / MESSAGES);
            assertThat((double) lives / MESSAGES).isBetween(4.0, MOST);
        }
    }

    /** Makes all the threads, and sends so many messages. */
    private static void live(DurablePostgres postgres, int messages) throws Exception {
        try (DispatchWorld world = new DispatchWorld(Appliers.PATIENT, postgres.database());
                CallbackIntake intake = Appliers.intake(world, world.database, () -> {})) {
            List<UUID> threads = new ArrayList<>();
            for (int i = 0; i < MESSAGES; i++) {
                threads.add(world.thread("316" + (10_000_000 + i), Duration.ofHours(23)));
            }
            for (UUID thread : threads.subList(0, messages)) {
                world.submit(thread, "Hello");
                reaches(world, thread, "sent");
                for (String status : List.of("delivered", "read")) {
                    Appliers.report(intake, world, status, status.equals("read") ? "delivered" : "sent", 1);
                    reaches(world, thread, status);
                }
            }
        }
    }

    private static void reaches(DispatchWorld world, UUID thread, String status) {
        await().pollInterval(Duration.ofMillis(10)).until(() -> world.statuses(thread), List.of(status)::equals);
    }

    private static long flushes(DurablePostgres postgres) {
        return await().until(postgres::flushes, count -> count >= 0);
    }
}
