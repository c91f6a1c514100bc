package dev.parley.server.templates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.server.platform.http.HttpClients;
import dev.parley.server.platform.json.Json;
import dev.parley.server.wiring.RunningServer;
import dev.parley.server.wiring.WhatsAppCustomer;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A server with a WhatsApp customer, and words for templates. */
final class TemplateWorld implements AutoCloseable {

    static final String WABA = "209876543210";
    static final String HELLO =
            "[{\"type\":\"BODY\",\"text\":\"Hello {{1}}, welcome\",\"example\":{\"body_text\":[[\"Ada\"]]}}]";
    final RunningServer server;
    final WhatsAppCustomer customer;
    final String token;

    TemplateWorld(Path folder) {
        server = new RunningServer(folder, "pp_templates-test-token-0123456789");
        customer = new WhatsAppCustomer(server, new WhatsAppCustomer.Secrets("access", "secret", "verify", "Acme"));
        token = customer.token;
    }

    /** An organization without any account. */
    String stranger() {
        return server.make("/management/organizations", server.partnerToken, "organizations", Map.of("name", "Other"))
                .at("/attributes/token")
                .asString();
    }

    HttpResponse<String> post(String attributes) {
        return post(attributes, token);
    }

    HttpResponse<String> post(String attributes, String by) {
        return server.api(
                "POST",
                "/message-templates",
                by,
                "{\"data\":{\"type\":\"messageTemplates\",\"attributes\":" + attributes + "}}");
    }

    HttpResponse<String> create(String name, String components) {
        return post("{\"name\":\"" + name + "\",\"language\":\"en_US\",\"category\":\"UTILITY\",\"components\":"
                + components + "}");
    }

    /** Makes one, has it approved, and waits until that is known. */
    String approved(String name, String components) {
        HttpResponse<String> made = create(name, components);
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        String id = data(made).path("id").asString();
        change(name, Map.of("event", "APPROVED"));
        awaitStatus(id, "APPROVED");
        return id;
    }

    /** Something happens to it at the provider. */
    void change(String name, Map<String, ?> what) {
        Map<String, Object> body = new HashMap<>(Map.of("wabaId", WABA, "name", name, "wait", true));
        body.putAll(what);
        JsonNode answer = server.control("/templates/change", body);
        assertThat(answer.path("success").asBoolean()).isTrue();
    }

    void elsewhere(Map<String, ?> what) {
        Map<String, Object> body = new HashMap<>(Map.of("wabaId", WABA));
        body.putAll(what);
        server.control("/templates", body);
    }

    /** Has the templates of the account read again, as its change does. */
    void refresh() {
        HttpResponse<String> answer = server.api(
                "PATCH",
                "/channel-accounts/" + customer.account,
                token,
                "{\"data\":{\"type\":\"channelAccounts\",\"attributes\":{\"name\":\"" + System.nanoTime() + "\"}}}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    JsonNode get(String id) {
        return server.attributes("/message-templates/" + id, token);
    }

    void awaitStatus(String id, String status) {
        await().pollInterval(Duration.ofMillis(20))
                .untilAsserted(
                        () -> assertThat(get(id).path("status").asString()).isEqualTo(status));
    }

    void awaitThat(Callable<Boolean> condition) {
        await().pollInterval(Duration.ofMillis(50)).until(condition);
    }

    List<JsonNode> list(String query) {
        HttpResponse<String> answer = server.api("GET", "/message-templates" + query, token, null);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Json.MAPPER.readTree(answer.body()).path("data").valueStream().toList();
    }

    /** The templates that the provider has. */
    JsonNode atProvider(String name) {
        HttpResponse<String> answer = HttpClients.send(
                "GET",
                server.simulatorUrl() + "/v26.0/" + WABA + "/message_templates?name=" + name,
                null,
                "Authorization",
                "Bearer access");
        return Json.MAPPER.readTree(answer.body()).path("data");
    }

    HttpResponse<String> send(String thread, String template, @Nullable String components, String... headers) {
        String more = components == null ? "" : ",\"components\":" + components;
        return server.api("POST", "/messages", token, """
                {"data":{"type":"messages","attributes":{"sendBy":"John","messageThreadId":"%s",
                 "payload":{"type":"template","template":{"id":"%s"%s}}}}}""".formatted(thread, template, more), headers);
    }

    JsonNode message(String id) {
        return server.attributes("/messages/" + id, token);
    }

    static String body(String... texts) {
        return "[" + component("body", texts) + "]";
    }

    static String component(String type, String... texts) {
        List<Map<String, String>> parameters = Arrays.stream(texts)
                .map(text -> Map.of("type", "text", "text", text))
                .toList();
        return Json.text(Map.of("type", type, "parameters", parameters));
    }

    static JsonNode data(HttpResponse<String> answer) {
        return Json.MAPPER.readTree(answer.body()).path("data");
    }

    static JsonNode error(HttpResponse<String> answer) {
        return Json.MAPPER.readTree(answer.body()).path("errors").path(0);
    }

    @Override
    public void close() {
        server.close();
    }
}
