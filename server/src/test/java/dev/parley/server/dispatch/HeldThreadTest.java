package dev.parley.server.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.server.platform.db.Database;
import dev.parley.server.platform.db.DatabaseOptions;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A thread whose row another session holds for longer than a statement may take, as that of a node that vanished. */
@NullUnmarked
class HeldThreadTest {

    private static final String WAITING = "select query_start from pg_stat_activity where datname = current_database()"
            + " and wait_event_type = 'Lock' and query like '%thread_dispatch%'";

    private DispatchWorld world;
    private Database hasty;
    private Dispatcher dispatcher;

    @BeforeEach
    void begin() throws Exception {
        world = new DispatchWorld();
        world.dispatcher.close();
        hasty = Database.open(new DatabaseOptions(
                world.test.jdbcUrl(), world.test.username(), world.test.password(), 4, true, Duration.ofMillis(200)));
        dispatcher = world.dispatcherOn(hasty, InstantSource.system());
        dispatcher.start();
    }

    @AfterEach
    void end() {
        dispatcher.close();
        hasty.close();
        world.close();
    }

    @Test
    void whatTheProviderAnsweredIsKeptOnceItIsFree() throws Exception {
        UUID thread = world.thread("31612345678", Duration.ofHours(23));
        world.slow(Duration.ofMillis(500));
        world.submit(thread, "hello");
        dispatcher.look();
        await().until(() -> world.count("select count(*) from attempts") == 1);
        try (Connection holder = world.test.connect();
                Statement statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("select from thread_dispatch for update");
            await().until(() -> !world.texts(WAITING).isEmpty());
            String first = world.text(WAITING);
            await().until(() -> world.texts(WAITING).stream().anyMatch(since -> !since.equals(first)));
            holder.rollback();
        }
        await().until(() -> world.statuses(thread), List.of("sent")::equals);
        assertThat(world.texts("select outcome from attempts")).containsExactly("accepted");
        assertThat(world.ledgerTexts()).containsExactly("hello");
    }
}
