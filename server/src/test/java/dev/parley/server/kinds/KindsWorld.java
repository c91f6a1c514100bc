package dev.parley.server.kinds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.server.platform.http.HttpClients;
import dev.parley.server.platform.json.Json;
import dev.parley.server.wiring.RunningServer;
import dev.parley.server.wiring.WhatsAppCustomer;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A server, a simulator, a customer with a number, and words for what candidates do. */
final class KindsWorld implements AutoCloseable {

    final RunningServer server;
    final WhatsAppCustomer customer;
    private int phones = 5_550_100;

    KindsWorld(Path data) {
        server = new RunningServer(data, "partner-token-of-the-kinds-tests");
        customer = new WhatsAppCustomer(
                server, new WhatsAppCustomer.Secrets("token-of-kinds", "secret-of-kinds", "verify-of-kinds", "Kinds"));
    }

    /** A phone number that nobody used before. */
    String phone() {
        return "1415" + phones++;
    }

    /** A candidate does something; the id that the provider gave it. */
    String reply(@Nullable String from, Map<String, ?> what) {
        Map<String, Object> body = new HashMap<>(what);
        body.put("phoneNumberId", customer.phoneNumberId);
        body.put("wait", true);
        if (from != null) {
            body.put("from", from);
        }
        JsonNode answer = server.control("/reply", body);
        assertThat(answer.path("answer").asInt()).isEqualTo(200);
        return answer.path("ids").path(0).asString("");
    }

    String text(String from, String text) {
        return reply(from, Map.of("text", text));
    }

    /** The thread that this number or user id leads to. */
    String thread(String identifier) {
        HttpResponse<String> answer = server.api(
                "POST",
                "/message-threads",
                customer.token,
                Json.text(Map.of(
                        "data",
                        Map.of(
                                "type",
                                "messageThreads",
                                "attributes",
                                Map.of("channel", "whatsapp", "identifier", identifier)))));
        assertThat(answer.statusCode()).as(answer.body()).isIn(200, 201);
        return Json.MAPPER.readTree(answer.body()).path("data").path("id").asString();
    }

    JsonNode attributesOfThread(String thread) {
        return server.attributes("/message-threads/" + thread, customer.token);
    }

    /** A thread's messages, the oldest first. */
    List<JsonNode> messages(String thread) {
        JsonNode page = get("/messages?filter[messageThreadId]=" + thread + "&sort=createdAt&page[size]=100");
        List<JsonNode> messages = new ArrayList<>();
        page.path("data").forEach(messages::add);
        return messages;
    }

    JsonNode get(String path) {
        HttpResponse<String> answer =
                server.api("GET", path.replace("[", "%5B").replace("]", "%5D"), customer.token, null);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Json.MAPPER.readTree(answer.body());
    }

    JsonNode message(String id) {
        return get("/messages/" + id).path("data");
    }

    /** Waits until a thread has so many messages. */
    List<JsonNode> awaitMessages(String thread, int count) {
        await().untilAsserted(() -> assertThat(messages(thread)).hasSize(count));
        return messages(thread);
    }

    JsonNode awaitMessage(String id, Predicate<JsonNode> condition) {
        await().until(() -> condition.test(message(id)));
        return message(id);
    }

    /** Waits until no update is still to be applied. */
    void settle() {
        await().until(() -> number("select count(*) from callback_updates where state = 'pending'") == 0);
    }

    long number(String query) throws SQLException {
        return Long.parseLong(server.query(query));
    }

    HttpResponse<String> send(String thread, Map<String, ?> payload) {
        return server.api("POST", "/messages", customer.token, body(thread, payload));
    }

    /** Sends what must be accepted; its id. */
    String sent(String thread, Map<String, ?> payload) {
        HttpResponse<String> answer = send(thread, payload);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return Json.MAPPER.readTree(answer.body()).path("data").path("id").asString();
    }

    static String body(String thread, Map<String, ?> payload) {
        return Json.text(Map.of(
                "data",
                Map.of(
                        "type",
                        "messages",
                        "attributes",
                        Map.of("sendBy", "Ada", "messageThreadId", thread, "payload", payload))));
    }

    /** What the provider accepted for a recipient, the newest last. */
    List<JsonNode> ledger(String to) {
        List<JsonNode> entries = new ArrayList<>();
        for (JsonNode entry : Json.MAPPER
                .readTree(HttpClients.send("GET", server.simulatorUrl() + "/_control/ledger?limit=10000", null)
                        .body())
                .path("entries")) {
            if (entry.path("waId").asString("").equals(to)
                    || entry.path("to").asString("").equals(to)) {
                entries.add(entry);
            }
        }
        return entries;
    }

    @Override
    public void close() {
        server.close();
    }
}
