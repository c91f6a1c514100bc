package dev.parley.server.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.connector.SendResult;
import dev.parley.server.callbacks.CallbackApplier;
import dev.parley.server.callbacks.CallbackIntake;
import dev.parley.server.dispatch.AttemptResult.Outcome;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two organizations whose threads and messages have the same ids, which callers may choose, in one group. */
@NullUnmarked
class SameIdsTest {

    /** Behind the first one, in the order of keys. */
    private final UUID other = new UUID(-1, -1);

    private DispatchWorld world;
    private UUID thread;

    @BeforeEach
    void begin() throws Exception {
        world = new DispatchWorld();
        thread = world.thread("31612345678", Duration.ofHours(23));
    }

    @AfterEach
    void end() {
        world.close();
    }

    @Test
    void aStatusIsOfTheMessageOfItsOwnOrganization() {
        world.submit(thread, "hello");
        await().until(() -> {
            world.dispatcher.look();
            return world.statuses(thread).equals(List.of("sent"));
        });
        String providerId = world.text("select provider_message_id from attempts");
        // So that the status waits, as it were for the answer.
        world.run("update attempts set provider_message_id = 'later'");
        try (CallbackIntake intake = Appliers.intake(world, world.database, () -> {})) {
            assertThat(Appliers.take(intake, world, List.of(Appliers.status(providerId, "delivered"))))
                    .isEqualTo(CallbackIntake.Taken.STORED);
        }
        world.run("update attempts set provider_message_id = '" + providerId + "'");
        copy("channel_accounts", "threads", "thread_dispatch", "messages", "attempts", "callback_updates");
        world.run("update callback_updates set body = replace(body, 'delivered', 'read') where organization_id = '"
                + other + "'");

        CallbackApplier applier = Appliers.on(world.database);
        assertThat(applier.runOneCycle()).isEqualTo(2);
        assertThat(status(world.organization)).isEqualTo("delivered");
        assertThat(status(other)).isEqualTo("read");
    }

    @Test
    void aResultIsOfTheThreadAndTheMessageOfItsOwnOrganization() throws SQLException {
        world.dispatcher.close();
        world.submit(thread, "hello");
        copy("channel_accounts", "threads", "thread_dispatch", "thread_windows", "messages");
        world.run("update messages set seq = 5 where organization_id = '" + other + "'");
        world.run("update thread_dispatch set last_seq = 5, done_seq = 4 where organization_id = '" + other + "'");
        Duty mine = claimed(world.organization);
        Duty theirs = claimed(other);
        assertThat(mine.fence()).isEqualTo(theirs.fence());

        record(
                new Outcome.Called(new SendResult.NotSent("no route")),
                mine,
                new Outcome.Called(new SendResult.Accepted("wamid.1", List.of(), false)),
                theirs);
        assertThat(status(world.organization)).isEqualTo("accepted");
        assertThat(status(other)).isEqualTo("sent");
        assertThat(world.texts("select concat_ws(' ', organization_id = '" + other
                        + "', last_seq, done_seq, lease_until is null) from thread_dispatch order by 1"))
                .containsExactly("f 1 0 t", "t 5 5 t");
    }

    private void record(Outcome first, Duty mine, Outcome second, Duty theirs) {
        ResultStatement statement = new ResultStatement(
                world.settings, new BackOff(Duration.ofMillis(1), Duration.ofMillis(1), new java.util.Random(1)));
        world.database.transact(connection -> statement
                .run(
                        connection,
                        List.of(
                                new AttemptResult(mine, first, 5, Instant.now()),
                                new AttemptResult(theirs, second, 5, Instant.now())))
                .end()
                .commit(connection));
    }

    private Duty claimed(UUID organization) {
        AccountKey key = new AccountKey(organization, world.account);
        Claimer claimer = world.claimer();
        // The first one makes the account's row where there is none.
        List<Duty> duties = claimer.claim(key, 1).result().duties();
        return (duties.isEmpty() ? claimer.claim(key, 1).result().duties() : duties).getFirst();
    }

    private String status(UUID organization) {
        return world.text("select delivery_status from messages where organization_id = '" + organization + "'");
    }

    /** Everything of the organization in these tables, for the other one too. */
    private void copy(String... tables) {
        for (String table : tables) {
            String columns = world.text(
                    "select string_agg(column_name, ', ') from information_schema.columns where table_name = '" + table
                            + "' and is_generated = 'NEVER'");
            world.run("insert into " + table + " (" + columns + ") overriding system value select " + columns
                    + " from (select (jsonb_populate_record(t, '{\"organization_id\": \"" + other + "\"}')).* from "
                    + table
                    + " t) copied");
        }
    }
}
