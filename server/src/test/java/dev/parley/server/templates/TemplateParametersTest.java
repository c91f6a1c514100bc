package dev.parley.server.templates;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.platform.json.Json;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Each kind of parameter that a template takes, as it was written and to the provider. */
@NullUnmarked
class TemplateParametersTest {

    private static TemplateWorld world;
    private static String thread;

    @BeforeAll
    static void start(@TempDir Path folder) {
        world = new TemplateWorld(folder);
        thread = world.customer.thread("31612340001");
        for (String type : List.of("DOCUMENT", "VIDEO", "LOCATION")) {
            atProvider(
                    "header_" + type.toLowerCase(Locale.ROOT),
                    Map.of("type", "HEADER", "format", type),
                    Map.of("type", "BODY", "text", "Hello"));
        }
        atProvider(
                "amounts",
                Map.of("type", "BODY", "text", "You earn {{1}} from {{2}} on"),
                Map.of(
                        "type",
                        "BUTTONS",
                        "buttons",
                        List.of(
                                Map.of("type", "QUICK_REPLY", "text", "Yes"),
                                Map.of("type", "COPY_CODE", "example", "CODE1"))));
        world.refresh();
        world.awaitThat(() -> world.list("").size() == 4);
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "document | {\"link\":\"https://example.com/a.pdf\",\"filename\":\"offer.pdf\"}",
                "video | {\"link\":\"https://example.com/a.mp4\"}",
                "location | {\"latitude\":52.37,\"longitude\":4.9,\"name\":\"Office\",\"address\":\"Dam 1\"}"
            })
    void headersTakeFilesAndPlaces(String type, String content) {
        String template = named("header_" + type);
        String components =
                "[{\"type\":\"header\",\"parameters\":[{\"type\":\"" + type + "\",\"" + type + "\":" + content + "}]}]";
        sent(template, components);
    }

    @Test
    void bodiesTakeAmountsAndTimesAndButtonsWhatTheySendBack() {
        String template = named("amounts");
        String components = """
                [{"type":"body","parameters":[
                  {"type":"currency","currency":{"fallback_value":"€3000","code":"EUR","amount_1000":3000000}},
                  {"type":"date_time","date_time":{"fallback_value":"1 May"}}]},
                 {"type":"button","sub_type":"quick_reply","index":0,"parameters":[{"type":"payload","payload":"YES_1"}]},
                 {"type":"button","sub_type":"copy_code","index":1,
                  "parameters":[{"type":"coupon_code","coupon_code":"WELCOME"}]}]""";
        JsonNode shown = sent(template, components);
        assertThat(shown.at("/rendered/body").asString()).isEqualTo("You earn €3000 from 1 May on");
    }

    @Test
    void answersAMessageOfTheCandidate() {
        String template = world.approved("answering", TemplateWorld.HELLO);
        world.customer.write("31612340001", "Ada", "Hello?");
        world.awaitThat(() -> world.customer.windowIsOpen(thread));
        JsonNode theirs = TemplateWorld.data(world.server.api(
                        "GET",
                        "/messages?filter%5Borigin%5D=inbound&filter%5BmessageThreadId%5D=" + thread,
                        world.token,
                        null))
                .path(0);
        String context = "{\"messageId\":\"" + theirs.path("id").asString() + "\"}";
        HttpResponse<String> answer = world.server.api(
                "POST", "/messages", world.token, """
                {"data":{"type":"messages","attributes":{"sendBy":"John","messageThreadId":"%s","payload":
                 {"type":"template","template":{"id":"%s","components":%s},"context":%s}}}}""".formatted(thread, template, TemplateWorld.body("Ada"), context));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        assertThat(TemplateWorld.data(answer).at("/attributes/payload/context"))
                .isEqualTo(Json.MAPPER.readTree(context));
        awaitRead(TemplateWorld.data(answer).path("id").asString());
    }

    @Test
    void membersThatAreReadOnlyAreIgnoredAndNamed() {
        HttpResponse<String> made = world.post("{\"name\":\"ignoring\",\"language\":\"en_US\",\"category\":\"UTILITY\","
                + "\"status\":\"APPROVED\",\"components\":" + TemplateWorld.HELLO + "}");
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        assertThat(Json.MAPPER.readTree(made.body()).at("/meta/ignored/0").asString())
                .isEqualTo("status");
        assertThat(TemplateWorld.data(made).at("/attributes/status").asString()).isEqualTo("PENDING");
    }

    private static JsonNode sent(String template, String components) {
        HttpResponse<String> answer = world.send(thread, template, components);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        JsonNode shown = TemplateWorld.data(answer).at("/attributes/payload/template");
        assertThat(shown.path("components")).isEqualTo(Json.MAPPER.readTree(components));
        awaitRead(TemplateWorld.data(answer).path("id").asString());
        return shown;
    }

    private static void awaitRead(String message) {
        world.awaitThat(
                () -> world.message(message).path("deliveryStatus").asString().equals("read"));
    }

    /** One that is approved there. */
    private static void atProvider(String name, Map<?, ?>... components) {
        world.elsewhere(Map.of("name", name, "components", Map.of("list", List.of(components))));
    }

    private static String named(String name) {
        return world.list("?filter[name]=" + name).getFirst().path("id").asString();
    }
}
