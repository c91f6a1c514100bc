package dev.parley.server.conversations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.server.platform.json.Json;
import dev.parley.server.wiring.RunningServer;
import dev.parley.server.wiring.WhatsAppCustomer;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A server, a simulator, a customer with a number, and words for what happens to conversations. */
@NullUnmarked
final class ConversationWorld implements AutoCloseable {

    /** Conversations whose count is not that of the messages. */
    static final String WRONG = """
            select count(*) from conversations c where c.unread <> (
                select count(*) from messages m join threads t on t.organization_id = m.organization_id and t.id = m.thread_id
                where m.organization_id = c.organization_id and coalesce(t.merged_into, t.id) = c.thread_id
                  and m.origin = 'inbound' and m.delivery_status = 'delivered' and m.deleted_at is null)
            """;

    final RunningServer server;
    final WhatsAppCustomer customer;
    private int phones = 7_770_100;
    private int messages;

    ConversationWorld(Path data) {
        server = new RunningServer(data, "partner-token-of-the-conversations-tests");
        customer = new WhatsAppCustomer(
                server,
                new WhatsAppCustomer.Secrets(
                        "token-of-conversations", "secret-of-conversations", "verify-of-conversations", "Talks"));
    }

    /** A phone number that nobody used before. */
    String phone() {
        return "1415" + phones++;
    }

    /** A candidate writes, and it is applied; the provider's id of the message. */
    String write(String phone) {
        String id = "wamid.conversation." + ++messages;
        write(Map.of("from", phone, "text", "Hello " + id, "messageId", id));
        settle();
        return id;
    }

    /** A candidate writes, or the provider delivers again; the callback is answered. */
    void write(Map<String, ?> what) {
        Map<String, Object> body = new HashMap<>(what);
        body.put("phoneNumberId", customer.phoneNumberId);
        body.put("wait", true);
        assertThat(server.control("/reply", body).path("answer").asInt()).isEqualTo(200);
    }

    /** Waits until no update is still to be applied. */
    void settle() {
        await().pollInterval(Duration.ofMillis(10))
                .until(() -> number("select count(*) from callback_updates where state = 'pending'") == 0);
    }

    long number(String query) throws SQLException {
        return Long.parseLong(server.query(query));
    }

    String candidate() {
        return server.make("/candidates", customer.token, "candidates", Map.of("phone", phone()))
                .path("id")
                .asString();
    }

    /** The thread of this identifier, made when there is none. */
    String thread(String identifier) {
        HttpResponse<String> answer = send(
                "POST", "/message-threads", "messageThreads", Map.of("channel", "whatsapp", "identifier", identifier));
        assertThat(answer.statusCode()).as(answer.body()).isIn(200, 201);
        return Json.MAPPER.readTree(answer.body()).path("data").path("id").asString();
    }

    HttpResponse<String> send(String method, String path, String type, Map<String, ?> attributes) {
        return api(method, path, Json.text(Map.of("data", Map.of("type", type, "attributes", attributes))));
    }

    HttpResponse<String> api(String method, String path, @Nullable String body) {
        return server.api(method, path.replace("[", "%5B").replace("]", "%5D"), customer.token, body);
    }

    JsonNode get(String path) {
        HttpResponse<String> answer = api("GET", path, null);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Json.MAPPER.readTree(answer.body());
    }

    /** The conversation of a thread; null when it has none. */
    @Nullable
    JsonNode conversation(String thread) {
        JsonNode found = get("/conversations?filter[messageThreadId]=" + thread).get("data");
        assertThat(found.size()).isLessThan(2);
        return found.get(0);
    }

    String id(String thread) {
        JsonNode found = conversation(thread);
        assertThat(found).isNotNull();
        return found.path("id").asString();
    }

    /** How a thread's conversation stands, as status and count. */
    String state(String thread) throws SQLException {
        JsonNode found = conversation(thread);
        assertThat(found).as("the conversation of " + thread).isNotNull();
        JsonNode attributes = found.get("attributes");
        int count = attributes.get("unreadMessagesCount").intValue();
        assertThat(attributes.get("unreadMessages").booleanValue()).isEqualTo(count > 0);
        String id = attributes.get("messageThreadId").asString();
        assertThat(number(WRONG + " and c.thread_id = '" + id + "'")).isZero();
        return attributes.get("status").asString() + " " + count;
    }

    HttpResponse<String> patch(String conversation, Map<String, ?> attributes) {
        return send("PATCH", "/conversations/" + conversation, "conversations", attributes);
    }

    /** Changes it, which must succeed. */
    JsonNode patched(String conversation, Map<String, ?> attributes) {
        HttpResponse<String> answer = patch(conversation, attributes);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Json.MAPPER.readTree(answer.body()).get("data");
    }

    /** The ids of a thread's inbound messages that are unread, of its newest 100. */
    List<String> unread(String thread) {
        List<String> ids = new ArrayList<>();
        for (JsonNode message : get("/messages?filter[messageThreadId]=" + thread + "&page[size]=100")
                .path("data")) {
            JsonNode attributes = message.get("attributes");
            if (attributes.get("origin").asString().equals("inbound")
                    && attributes.get("deliveryStatus").asString().equals("delivered")) {
                ids.add(message.get("id").asString());
            }
        }
        return ids;
    }

    void read(String thread) {
        assertThat(api("POST", "/message-threads/" + thread + "/read", null).statusCode())
                .isEqualTo(200);
    }

    /** What the event log tells of a resource, in its order. */
    List<String> events(String resource) throws SQLException {
        String all = server.query(
                "select coalesce(string_agg(event || coalesce(' ' || array_to_string(fields, ','), ''), '; '"
                        + " order by position), '') from events where resource_id = '" + resource + "'");
        return List.of(all.split("; "));
    }

    @Override
    public void close() {
        server.close();
    }
}
