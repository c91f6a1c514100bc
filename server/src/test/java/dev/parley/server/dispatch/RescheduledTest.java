package dev.parley.server.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes due while it is given another time. */
@NullUnmarked
class RescheduledTest {

    private DispatchWorld world;
    private UUID thread;

    @BeforeEach
    void begin() throws Exception {
        world = new DispatchWorld();
        world.dispatcher.close();
        thread = world.thread("31612345678", Duration.ofHours(23));
    }

    @AfterEach
    void end() {
        world.close();
    }

    @Test
    void waitsForItsNewTime() throws Exception {
        due("hello");
        CompletableFuture<List<AccountKey>> released;
        try (Connection editing = world.test.connect();
                Statement statement = editing.createStatement()) {
            editing.setAutoCommit(false);
            statement.execute("update messages set scheduled_at = scheduled_at + interval '1 day'");
            released = CompletableFuture.supplyAsync(() -> world.database.transact(ScheduleStore::release));
            await().until(() -> world.count("select count(*) from pg_stat_activity where datname = current_database()"
                            + " and wait_event_type = 'Lock'")
                    == 1);
            editing.commit();
        }
        assertThat(released.get()).isEmpty();
        assertThat(world.texts("select phase from messages")).containsExactly("scheduled");
    }

    @Test
    void thoseOfTheSameTimeComeInTheOrderInWhichTheyWereMade() {
        for (int i = 0; i < 4; i++) {
            due("number " + i);
        }
        world.run(
                "update messages set created_at = now() + substr(payload->'text'->>'value', 8)::int * interval '1 second',"
                        + " id = gen_random_uuid()");
        world.database.transact(ScheduleStore::release);
        assertThat(world.texts("select payload->'text'->>'value' from messages order by seq"))
                .containsExactly("number 0", "number 1", "number 2", "number 3");
    }

    /** A message whose time has just come. */
    private void due(String text) {
        world.submit(thread, text);
        world.run("update messages set phase = 'scheduled', seq = null, scheduled_at = date_trunc('minute', now())");
        world.run("update thread_dispatch set last_seq = 0");
    }
}
