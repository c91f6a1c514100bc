package dev.parley.server.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.platform.http.HttpClients;
import dev.parley.server.platform.settings.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo has what the tour of the README uses, also when it is started again after somebody tried out erasing. */
class DemoTest {

    @TempDir
    Path folder;

    @Test
    void shouldHaveATemplateToSendAndComeBackAfterErasing() throws Exception {
        UUID organization;
        try (Demo demo = start()) {
            organization = demo.organizationId();
            DemoClient client = new DemoClient(demo.server().url(), demo.organizationToken());
            String status = client.get("/message-templates/" + demo.messageTemplateId())
                    .path("attributes")
                    .path("status")
                    .asString();
            assertThat(status).isEqualTo("APPROVED");
            client.create("/messages", "messages", template(demo));
            assertThat(client.get("/messages")
                            .path(0)
                            .at("/attributes/payload/template/rendered/body")
                            .asString())
                    .isEqualTo("Hi Ada, shall we meet on Friday at ten at our office?");
        }
        try (Demo demo = start()) {
            assertThat(demo.organizationId()).isEqualTo(organization);
            assertThat(erase(demo)).isEqualTo(200);
        }
        try (Demo demo = start()) {
            assertThat(demo.organizationId()).isNotEqualTo(organization);
            new DemoClient(demo.server().url(), demo.organizationToken())
                    .create("/messages", "messages", template(demo));
        }
    }

    private Demo start() {
        Map<String, String> settings = Map.of(
                "port",
                "0",
                "managementPort",
                "0",
                "data",
                folder.resolve("data").toString());
        return Demo.start(Settings.of(settings).withLoopbackAllowed(), step -> {});
    }

    private static Map<String, ?> template(Demo demo) {
        List<Map<String, String>> parameters =
                List.of(Map.of("type", "text", "text", "Ada"), Map.of("type", "text", "text", "Friday at ten"));
        return Map.of(
                "sendBy",
                "Anna",
                "messageThreadId",
                demo.messageThreadId().toString(),
                "payload",
                Map.of(
                        "type",
                        "template",
                        "template",
                        Map.of(
                                "id",
                                demo.messageTemplateId().toString(),
                                "components",
                                List.of(Map.of("type", "body", "parameters", parameters)))));
    }

    private static int erase(Demo demo) {
        String url = demo.server().url() + "/public/v2/message-threads/" + demo.messageThreadId() + "/erase";
        return HttpClients.send("POST", url, null, "Authorization", "Bearer " + demo.organizationToken())
                .statusCode();
    }
}
