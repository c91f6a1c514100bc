package dev.parley.server.templates;

import static dev.parley.server.templates.TemplateWorld.body;
import static dev.parley.server.templates.TemplateWorld.component;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.platform.http.HttpClients;
import dev.parley.server.platform.json.Json;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Messages with templates, from the request to the provider. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TemplateSendTest {

    private TemplateWorld world;
    private String hello = "";
    private String full = "";
    private String thread = "";

    @BeforeAll
    void start(@TempDir Path folder) {
        world = new TemplateWorld(folder);
        hello = world.approved("hello", TemplateWorld.HELLO);
        full = world.approved("full", """
                [{"type":"HEADER","format":"TEXT","text":"For {{1}}","example":{"header_text":["Ada"]}},
                 {"type":"BODY","text":"Come at {{1}} to {{2}} please","example":{"body_text":[["9","room 1"]]}},
                 {"type":"FOOTER","text":"Acme"},
                 {"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"Yes"},
                  {"type":"URL","text":"Route","url":"https://example.com/{{1}}","example":["https://example.com/x"]}]}]""");
        thread = world.customer.thread("31612345678");
    }

    @AfterAll
    void stop() {
        world.close();
    }

    private static String id(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return TemplateWorld.data(answer).path("id").asString();
    }

    private JsonNode ledger(String text) {
        HttpResponse<String> answer =
                HttpClients.send("GET", world.server.simulatorUrl() + "/_control/ledger?limit=1000", null);
        return Json.MAPPER
                .readTree(answer.body())
                .path("entries")
                .valueStream()
                .filter(entry -> entry.path("text").asString("").equals(text))
                .findFirst()
                .orElse(Json.MAPPER.createObjectNode());
    }

    private void awaitFailure(String message, String code) {
        world.awaitThat(
                () -> world.message(message).path("deliveryStatus").asString().equals("failed"));
        assertThat(world.message(message).at("/errorMessages/0/code").asString())
                .isEqualTo(code);
    }

    @Test
    void oneGoesOutWithoutAWindowAndShowsWhatTheCandidateSees() {
        String components = "[" + component("header", "Ada") + "," + component("body", "09:30", "room 7")
                + ",{\"type\":\"footer\",\"parameters\":[]},"
                + "{\"type\":\"button\",\"sub_type\":\"url\",\"index\":\"1\",\"parameters\":[{\"type\":\"text\",\"text\":\"r7\"}]}]";
        HttpResponse<String> sent = world.send(thread, full, components);
        String message = id(sent);
        JsonNode template = TemplateWorld.data(sent).at("/attributes/payload/template");
        assertThat(template.path("name").asString()).isEqualTo("full");
        assertThat(template.path("language").asString()).isEqualTo("en_US");
        assertThat(template.at("/rendered/header").asString()).isEqualTo("For Ada");
        assertThat(template.at("/rendered/body").asString()).isEqualTo("Come at 09:30 to room 7 please");
        assertThat(template.at("/rendered/footer").asString()).isEqualTo("Acme");
        world.awaitThat(
                () -> world.message(message).path("deliveryStatus").asString().equals("read"));
        assertThat(ledger("For Ada\nCome at 09:30 to room 7 please\nAcme")
                        .path("type")
                        .asString())
                .isEqualTo("template");

        // What was read can be sent back, and the window stays as closed as it was.
        String read = Json.text(world.message(message).path("payload"));
        HttpResponse<String> patched = world.server.api(
                "PATCH",
                "/messages/" + message,
                world.token,
                "{\"data\":{\"type\":\"messages\",\"attributes\":{\"payload\":" + read + "}}}");
        assertThat(patched.statusCode()).as(patched.body()).isEqualTo(200);
        assertThat(world.customer.windowIsOpen(thread)).isFalse();
        UUID text = UUID.randomUUID();
        world.customer.send(text, thread, "Hello", "John");
        assertThat(world.customer.status(text)).isEqualTo("failed");
    }

    @Test
    void whatDoesNotFitIsRefusedByComponentAndNumber() {
        refused(hello, null, "/template", "Component body takes 1 parameters, not 0.");
        refused(hello, body("a", "b"), "/template/components/0", "Component body takes 1 parameters, not 2.");
        refused(
                hello,
                "[" + component("body", "a") + "," + component("header", "b") + "]",
                "/template/components/1",
                "The template has no header: component header takes 0 parameters, not 1.");
        refused(
                hello,
                "[" + component("neck", "a") + "]",
                "/template/components/0/type",
                "header, body, footer or button");
        refused(
                hello,
                "[" + component("body", "a") + "," + component("footer", "b") + "]",
                "/template/components/1/parameters",
                "Component footer takes 0 parameters, not 1.");
        refused(
                hello,
                "[{\"type\":\"body\",\"parameters\":[{\"type\":\"image\",\"image\":{\"link\":\"https://example.com/a.png\"}}]}]",
                "/template/components/0/parameters/0",
                "Parameter 1 of component body must be of type text");
        refused(
                hello,
                "[{\"type\":\"body\",\"parameters\":[{\"type\":\"text\",\"parameter_name\":\"who\",\"text\":\"Ada\"}]}]",
                "/template/components/0/parameters/0",
                "Parameter 1 of component body has a parameter_name");
        refused(
                hello,
                "[{\"type\":\"body\",\"parameters\":[{\"type\":\"text\",\"text\":5}]}]",
                "/template/components/0/parameters/0/text",
                "Write text, 1 to 4096 characters.");
        refused(
                hello,
                "[" + component("body", "a") + "," + component("body", "b") + "]",
                "/template/components/1",
                "Give it once.");
        refused(full, "[" + component("header", "A") + "," + component("body", "a", "b") + "]", "/template", "index 1");
        refused(UUID.randomUUID().toString(), body("a"), "/template/id", "no message template");
        HttpResponse<String> shape = world.send(thread, "x", "\"y\"");
        assertThat(shape.statusCode()).isEqualTo(422);
    }

    private void refused(String template, @Nullable String components, String pointer, String detail) {
        HttpResponse<String> answer = world.send(thread, template, components);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
        assertThat(TemplateWorld.error(answer).at("/source/pointer").asString())
                .as(answer.body())
                .isEqualTo("/data/attributes/payload" + pointer);
        assertThat(TemplateWorld.error(answer).path("detail").asString()).contains(detail);
    }

    @Test
    void theTextWithItsParametersStaysWithinTheLimits() {
        String words = "x".repeat(1024 - "Hello , welcome".length());
        id(world.send(thread, hello, body(words)));
        assertThat(world.send(thread, hello, body(words + "x")).statusCode()).isEqualTo(422);
        String header = "y".repeat(60 - "For ".length());
        String rest = "," + component("body", "a", "b")
                + ",{\"type\":\"button\",\"sub_type\":\"url\",\"index\":1,\"parameters\":[{\"type\":\"text\",\"text\":\"r\"}]}]";
        id(world.send(thread, full, "[" + component("header", header) + rest));
        assertThat(world.send(thread, full, "[" + component("header", header + "y") + rest)
                        .statusCode())
                .isEqualTo(422);
    }

    @Test
    void namedVariablesAndFilesInHeadersAreFilledIn() {
        world.elsewhere(Map.of(
                "name",
                "named",
                "named",
                true,
                "components",
                Map.of(
                        "list",
                        List.of(
                                Map.of("type", "HEADER", "format", "IMAGE"),
                                Map.of("type", "BODY", "text", "Hi {{first_name}}, at {{time}} then")))));
        world.refresh();
        world.awaitThat(() -> world.list("?filter[name]=named").size() == 1);
        String id = world.list("?filter[name]=named").getFirst().path("id").asString();
        String image =
                "{\"type\":\"header\",\"parameters\":[{\"type\":\"image\",\"image\":{\"link\":\"https://example.com/a.png\"}}]}";
        String named = "{\"type\":\"text\",\"parameter_name\":\"%s\",\"text\":\"%s\"}";
        String values = "{\"type\":\"body\",\"parameters\":[" + named.formatted("time", "9") + ","
                + named.formatted("first_name", "Ada") + "]}";
        String message = id(world.send(thread, id, "[" + image + "," + values + "]"));
        world.awaitThat(
                () -> world.message(message).path("deliveryStatus").asString().equals("read"));
        assertThat(ledger("[IMAGE]\nHi Ada, at 9 then").path("type").asString()).isEqualTo("template");
        refused(id, "[" + values + "]", "/template", "Component header takes 1 parameter of type image, not 0.");
        refused(
                id,
                "[" + image + "," + component("body", "a", "b") + "]",
                "/template/components/1/parameters/0",
                "time");
    }

    @Test
    void oneThatWasApprovedASecondAgoCanBeSent() {
        HttpResponse<String> made = world.create("fresh", TemplateWorld.HELLO);
        String id = TemplateWorld.data(made).path("id").asString();
        refused(id, body("Ada"), "/template/id", "is PENDING");
        world.server.control(
                "/templates/change", Map.of("wabaId", TemplateWorld.WABA, "name", "fresh", "event", "APPROVED"));
        world.awaitStatus(id, "APPROVED");
        id(world.send(thread, id, body("Ada")));
    }

    @Test
    void oneThatIsPausedWhileItsMessageWaitsIsNotSentAndARepeatedRequestIsNotRefusedForIt() {
        String template = world.approved("pausing", TemplateWorld.HELLO);
        account("paused");
        HttpResponse<String> first = world.send(thread, template, body("Waiting"), "Idempotency-Key", "wait-1");
        String message = id(first);
        world.change("pausing", Map.of("event", "PAUSED", "title", "FIRST_PAUSE"));
        world.awaitStatus(template, "PAUSED");
        account("connected");
        awaitFailure(message, "template_paused");
        assertThat(world.message(message).at("/errorMessages/0/retryable").asBoolean())
                .isTrue();
        assertThat(ledger("Hello Waiting, welcome").isEmpty()).isTrue();

        HttpResponse<String> again = world.send(thread, template, body("Waiting"), "Idempotency-Key", "wait-1");
        assertThat(id(again)).isEqualTo(message);
        assertThat(again.headers().firstValue("Idempotency-Replayed")).contains("true");
        refused(template, body("Waiting"), "/template/id", "is PAUSED");
    }

    private void account(String status) {
        HttpResponse<String> answer = world.server.api(
                "PATCH",
                "/channel-accounts/" + world.customer.account,
                world.token,
                "{\"data\":{\"type\":\"channelAccounts\",\"attributes\":{\"status\":\"" + status + "\"}}}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    @Test
    void whatTheProviderSaysOfATemplateIsLearned() {
        String paused = world.approved("secretly_paused", TemplateWorld.HELLO);
        world.change("secretly_paused", Map.of("event", "PAUSED", "callback", false));
        awaitFailure(id(world.send(thread, paused, body("Ada"))), "template_paused");
        world.awaitStatus(paused, "PAUSED");
        String disabled = world.approved("secretly_disabled", TemplateWorld.HELLO);
        world.change("secretly_disabled", Map.of("event", "DISABLED", "callback", false));
        awaitFailure(id(world.send(thread, disabled, body("Ada"))), "template_disabled");
        world.awaitStatus(disabled, "DISABLED");
    }

    @Test
    void oneThatTheProviderKeepsBackIsNotSentYetAndMayFailForIt() {
        String other = world.customer.thread("31687654321");
        world.server.control(
                "/faults",
                Map.of(
                        "rules",
                        List.of(Map.of(
                                "to",
                                "31687654321",
                                "count",
                                1,
                                "effects",
                                Map.of(
                                        "hold",
                                        Map.of(),
                                        "loseCallbacks",
                                        Map.of("statuses", List.of("sent")),
                                        "failLater",
                                        Map.of("code", 132015))))));
        String message = id(world.send(other, hello, body("Held")));
        awaitFailure(message, "template_paused");
        assertThat(world.message(message).at("/statusTimes/sentAt").isNull()).isTrue();
        assertThat(world.get(hello).path("status").asString()).isEqualTo("APPROVED");
    }

    @Test
    void onAChannelWithoutTemplatesTheTextGoesOut() {
        world.server.site(world.token);
        String visitor = world.server
                .make(
                        "/message-threads",
                        world.token,
                        "messageThreads",
                        Map.of("channel", "web", "identifier", "visitor-1"))
                .path("id")
                .asString();
        String message = id(world.send(visitor, hello, body("Ada")));
        world.awaitThat(
                () -> world.message(message).path("deliveryStatus").asString().equals("sent"));
    }
}
