package dev.parley.server.conversations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.threads.ThreadWorld;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a database of the release before gets. */
@NullUnmarked
class ConversationUpgradeTest {

    private static final String SHOWN =
            "select coalesce(max(status || ' ' || unread || ' ' || (candidate_id is not null)), 'none')"
                    + " from conversations where thread_id = '";

    private ThreadWorld world;

    @BeforeEach
    void start() throws Exception {
        world = new ThreadWorld();
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private void message(UUID thread, String origin, String status, boolean deleted) {
        world.run(
                "insert into messages (organization_id, id, thread_id, origin, delivery_status, phase, created_at, updated_at,"
                        + " deleted_at) values ('%s', gen_random_uuid(), '%s', '%s', '%s', 'done', '2030-01-01T00:00:00Z', now(), %s)"
                                .formatted(world.organization, thread, origin, status, deleted ? "now()" : "null"));
    }

    @Test
    void threadsThatAreThereGetTheirs() throws IOException {
        world.run("drop table conversations");
        UUID wrote = thread("31600000701", null);
        UUID silent = thread("31600000702", null);
        UUID known = thread("31600000703", world.candidate(world.organization, "31600000703", "Ada"));
        UUID merged = thread("31600000704", null);
        UUID gone = thread("31600000705", world.candidate(world.organization, "31600000705", "Bob"));
        UUID readAll = thread("31600000706", null);
        world.run("update threads set merged_into = '" + wrote + "' where id = '" + merged + "'");
        world.run("update threads set deleted_at = now() where id = '" + gone + "'");
        message(wrote, "inbound", "delivered", false);
        message(wrote, "inbound", "delivered", true);
        message(wrote, "inbound", "read", false);
        message(wrote, "outbound", "delivered", false);
        message(merged, "inbound", "delivered", false);
        message(silent, "outbound", "delivered", false);
        message(gone, "inbound", "delivered", false);
        message(readAll, "inbound", "read", false);

        world.run(migration());

        assertThat(world.text(SHOWN + wrote + "'")).isEqualTo("open 2 false");
        assertThat(world.text(SHOWN + silent + "'")).isEqualTo("none");
        assertThat(world.text(SHOWN + known + "'")).isEqualTo("open 0 true");
        assertThat(world.text(SHOWN + readAll + "'")).isEqualTo("open 0 false");
        assertThat(world.text("select count(*) from conversations")).isEqualTo("3");
        assertThat(world.text("select count(*) from conversations where uuid_extract_version(id) <> 7"))
                .isEqualTo("0");
        assertThat(world.text("select count(*) from conversations c join threads t on t.id = c.thread_id"
                        + " where c.created_at <> t.created_at"
                        + " or abs(extract(epoch from uuid_extract_timestamp(c.id) - t.created_at)) > 60"))
                .isEqualTo("0");
        assertThat(world.text(
                        "select updated_at at time zone 'UTC' from conversations where thread_id = '" + wrote + "'"))
                .isEqualTo("2030-01-01 00:00:00");
    }

    /** What this migration does; later ones are there already. */
    private static String migration() throws IOException {
        try (InputStream script =
                ConversationUpgradeTest.class.getResourceAsStream("/db/migration/V20261130_20__conversations.sql")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private UUID thread(String identifier, @Nullable UUID candidate) {
        UUID id = UUID.randomUUID();
        world.run(
                "insert into threads (organization_id, id, channel, identifier, candidate_id, created_at, updated_at) values"
                        + " ('%s', '%s', 'whatsapp', '%s', %s, now() - interval '400 days', now())"
                                .formatted(
                                        world.organization,
                                        id,
                                        identifier,
                                        candidate == null ? "null" : "'" + candidate + "'"));
        return id;
    }
}
