package dev.parley.server.templates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deleting a template that is to be in a certain state. */
@NullUnmarked
class TemplateDeleteTest {

    /** Whether the question for an organization's accounts with templates waits for a lock. */
    private static final String WAITING = """
            select exists (
                select from pg_locks l join pg_stat_activity a using (pid)
                where not l.granted
                and a.query like '%a.organization_id = $1 and a.deleted_at is null and a.provider = any%')
            """;

    private static TemplateWorld world;

    @BeforeAll
    static void start(@TempDir Path folder) {
        world = new TemplateWorld(folder.resolve("data"));
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    private static HttpResponse<String> delete(String path, String tag) {
        return world.server.api("DELETE", path, world.token, null, "If-Match", tag);
    }

    private static String tag(String path) {
        return world.server
                .api("GET", path, world.token, null)
                .headers()
                .firstValue("ETag")
                .orElseThrow();
    }

    @Test
    void whatChangesRightBeforeTheProviderIsAskedStopsIt() throws Exception {
        String id = world.approved("just_in_time", TemplateWorld.HELLO);
        String path = "/message-templates/" + id;
        String seen = tag(path);
        CompletableFuture<HttpResponse<String>> deleting;
        try (Connection blocker = world.server.connect()) {
            blocker.setAutoCommit(false);
            // The deletion has looked at the state once, and now wants to know whom to ask.
            blocker.createStatement().execute("lock table channel_accounts in access exclusive mode");
            deleting = CompletableFuture.supplyAsync(() -> delete(path, seen));
            await().until(() -> world.server.query(WAITING).equals("t"));
            world.server.sql("update message_templates set version = version + 1 where id = '" + id + "'");
            blocker.rollback();
        }
        assertThat(deleting.join().statusCode()).as(deleting.join().body()).isEqualTo(412);
        assertThat(world.atProvider("just_in_time")).hasSize(1);
        assertThat(world.get(id).path("status").asString()).isEqualTo("APPROVED");

        assertThat(delete(path, seen).statusCode()).isEqualTo(412);
        assertThat(delete(path, tag(path)).statusCode()).isEqualTo(204);
        assertThat(world.atProvider("just_in_time")).isEmpty();
        assertThat(delete(path, "*").statusCode()).isEqualTo(404);
    }
}
