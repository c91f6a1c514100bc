package dev.parley.server.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.platform.json.Json;
import dev.parley.server.platform.jsonapi.ResourceType;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A list that takes the database longer than the setting allows is the client's to narrow. */
@NullUnmarked
class ListLimitTest {

    @Test
    void aListBeyondTheLimitNamesWhatWouldHelp(@TempDir Path folder) throws SQLException {
        try (ListWorld world = new ListWorld(folder.resolve("data"), Map.of("list.maxDuration", "100ms"))) {
            ResourceType candidates = world.types().stream()
                    .filter(type -> type.type().equals("candidates"))
                    .findFirst()
                    .orElseThrow();
            try (Connection other = world.connect()) {
                other.setAutoCommit(false);
                try (Statement statement = other.createStatement()) {
                    // As slow as a list can be: it waits until the test is over.
                    statement.execute("lock table candidates in access exclusive mode");
                }

                HttpResponse<String> answer = world.list(candidates, "sort=updatedAt");

                assertThat(answer.statusCode()).isEqualTo(400);
                JsonNode error = Json.MAPPER.readTree(answer.body()).at("/errors/0");
                assertThat(error.get("code").stringValue()).isEqualTo("query_too_expensive");
                assertThat(error.get("detail").stringValue())
                        .contains("filter[phone]", "filter[candidateStatusId]", "sort by createdAt", "page[after]");
                // Nor does a statement go on that nobody waits for.
                assertThat(world.query("select pid::text from pg_stat_activity"
                                + " where datname = current_database() and wait_event_type = 'Lock'"))
                        .isEmpty();
            }
            assertThat(world.list(candidates, "sort=updatedAt").statusCode()).isEqualTo(200);
        }
    }
}
