package dev.parley.server.threads;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.messages.SubmitCommand.Idempotency;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ThreadRemovalTest {

    private ThreadWorld world;

    @BeforeEach
    void start() throws Exception {
        world = new ThreadWorld();
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private int delete(UUID thread) {
        return world.send("one", "DELETE", ThreadWorld.PATH + "/" + thread, null)
                .statusCode();
    }

    @Test
    void shouldRemoveTheThreadAndEveryMessageInChunks() {
        UUID thread = world.thread("31600000601");
        UUID message = world.submit(thread, "very private", null);
        world.run(
                "insert into messages (organization_id, id, thread_id, origin, payload, delivery_status, phase, created_at, updated_at) "
                        + "select '%s', gen_random_uuid(), '%s', 'inbound', '{\"type\":\"text\"}', 'delivered', 'done', now(), now() from generate_series(1, 1200)"
                                .formatted(world.organization, thread));

        assertThat(delete(thread)).isEqualTo(204);

        assertThat(delete(thread)).isEqualTo(404);
        assertThat(
                        world.texts(
                                "select id from messages where payload is not null or send_by is not null or deleted_at is null"))
                .isEmpty();
        assertThat(world.texts("select event from events where resource_type = 'messages' and event = 'delete'"))
                .hasSizeGreaterThanOrEqualTo(1201);
        assertThat(
                        world.texts(
                                "select position from events where state::text like '%private%' or state::text like '%31600000601%'"))
                .isEmpty();
        assertThat(world.events(message)).containsOnly("delete");
        for (String table : new String[] {"thread_dispatch", "thread_addresses", "thread_windows"}) {
            assertThat(world.texts("select thread_id from " + table)).as(table).isEmpty();
        }
        assertThat(world.texts("select id from threads where emptying")).isEmpty();
        assertThat(world.thread("31600000601")).isNotEqualTo(thread);
    }

    @Test
    void shouldTakeItsMessagesOutOfKeptAnswers() {
        UUID thread = world.thread("31600000603");
        UUID message = world.submit(thread, "very private", new Idempotency(new byte[] {1}, new byte[] {2}));
        world.run(
                "insert into kept_answers (organization_id, key, fingerprint, lease, status, body, resource_ids, created_at) "
                        + "values ('%s', 'k', '', gen_random_uuid(), 200, 'very private', array['%s']::uuid[], now())"
                                .formatted(world.organization, message));

        assertThat(delete(thread)).isEqualTo(204);

        assertThat(world.texts("select 1 from idempotency_keys where state is null"))
                .hasSize(1);
        assertThat(world.texts("select 1 from kept_answers")).isEmpty();
    }

    @Test
    void shouldFinishByItselfWhatWasBegun() {
        UUID thread = world.thread("31600000602");
        world.submit(thread, "text", null);
        world.database.transact(
                connection -> ThreadRemoval.begin(connection, world.organization, thread, java.time.Instant.now()));

        assertThat(world.texts("select id from messages where deleted_at is null"))
                .hasSize(1);
        world.sweep.runOneCycle();

        assertThat(world.texts("select id from messages where deleted_at is null"))
                .isEmpty();
    }
}
