package dev.parley.server.organizations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.wiring.RunningServer;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** An organization that another node ended, before this one has heard that its token is none any more. */
@NullUnmarked
class EndedOrganizationTest {

    private static final String PARTNER = "pp_ended-organization-0123456789";

    private static RunningServer server;

    @BeforeAll
    static void start(@TempDir Path folder) {
        server = new RunningServer(folder.resolve("data"), PARTNER);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PATCH | /organizations | {\"data\":{\"type\":\"organizations\",\"attributes\":{\"name\":\"Later\"}}}",
                "POST | /organizations/rotate-signing-secret |",
                "POST | /tokens | {\"data\":{\"type\":\"tokens\",\"attributes\":{\"name\":\"Late\",\"scopes\":[\"read\"]}}}"
            })
    void isNotThereAnyMore(String method, String path, String body) throws Exception {
        JsonNode made = server.make("/management/organizations", PARTNER, "organizations", Map.of("name", "Ending"));
        String token = made.at("/attributes/token").asString();
        assertThat(server.api("GET", "/organizations", token, null).statusCode())
                .isEqualTo(200);
        server.sql("update organizations set deleted_at = parley_now() where id = '"
                + made.path("id").asString() + "'");
        HttpResponse<String> answer = server.api(method, path, token, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(404);
        assertThat(answer.body()).contains("not_found");
    }
}
