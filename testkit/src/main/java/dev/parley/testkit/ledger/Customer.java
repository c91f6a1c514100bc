package dev.parley.testkit.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An organization's program. Its requests go to the nodes in turn; it is told when one gets no answer, and repeats nothing by
 * itself. Safe for use by many threads at once.
 */
public final class Customer implements AutoCloseable {

    private static final int PAGE = 100;

    /**
     * What a request for a file was answered.
     *
     * @param sha256 of the body
     */
    record File(int status, String sha256) {}

    private final List<URI> nodes;
    private final AtomicInteger next = new AtomicInteger();
    private final Http http;

    /**
     * A program that has this token.
     *
     * @param nodes the addresses of the servers, without a path
     */
    public Customer(List<URI> nodes, String token) {
        this.nodes = List.copyOf(nodes);
        this.http = new Http(token);
    }

    /** Makes a resource; its id and attributes are in the answer, whose status is 201. */
    public Answer create(String path, String type, Map<String, ?> attributes) {
        Answer answer = call("POST", path, document(type, null, attributes));
        if (answer.status() != 201) {
            throw new IllegalStateException(
                    "POST " + path + " was answered " + answer.status() + " " + answer.errorCode());
        }
        return answer;
    }

    /** Any request, of which the caller expects an answer. */
    public Answer call(String method, String path, @Nullable Object body) {
        try {
            return http.call(method, uri(path), body);
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path + " was not answered", e);
        }
    }

    /** Sends one message; the answer may get lost. */
    Answer send(Note note) throws IOException {
        Map<String, Object> attributes =
                attributes(note.threadId(), note.cargo().payload(note.text()));
        String key = note.givesId() ? null : note.id();
        return http.call(
                "POST", uri("/messages"), document("messages", note.givesId() ? note.id() : null, attributes), key);
    }

    /** Sends one text and expects it to be accepted; the message's id. */
    public String send(Talk talk, String text) {
        return create("/messages", "messages", attributes(talk.threadId(), new Cargo.Text().payload(text)))
                .data()
                .path("id")
                .asString();
    }

    /** The text of a message, or what stands below its file. */
    public static String textOf(JsonNode message) {
        JsonNode payload = message.path("attributes").path("payload");
        JsonNode content = payload.path(payload.path("type").asString(""));
        return content.path("value").asString(content.path("caption").asString(""));
    }

    private static Map<String, Object> attributes(String threadId, Map<String, ?> payload) {
        return Map.of("sendBy", "Recruiter", "messageThreadId", threadId, "payload", payload);
    }

    /** The file of a message. */
    File file(String messageId) {
        try {
            HttpResponse<byte[]> answer = http.get(uri("/messages/" + messageId + "/media"));
            return new File(answer.statusCode(), Attachment.sha256(answer.body()));
        } catch (IOException e) {
            throw new UncheckedIOException("a file was not answered", e);
        }
    }

    /** All messages of a thread, oldest first. */
    public List<JsonNode> messages(String threadId) {
        List<JsonNode> all = new ArrayList<>();
        String path = "/messages?" + encode("filter[messageThreadId]") + "=" + threadId + "&" + encode("page[size]")
                + "=" + PAGE + "&sort=createdAt&" + encode("page[number]") + "=";
        for (int page = 1; ; page++) {
            Answer answer = call("GET", path + page, null);
            if (answer.status() != 200) {
                throw new IllegalStateException("GET /messages was answered " + answer.status());
            }
            answer.data().forEach(all::add);
            if (answer.data().size() < PAGE) {
                return all;
            }
        }
    }

    private URI uri(String path) {
        int node = Math.floorMod(next.getAndIncrement(), nodes.size());
        return URI.create(nodes.get(node) + "/public/v2" + path);
    }

    private static Map<String, Object> document(String type, @Nullable String id, Map<String, ?> attributes) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("type", type);
        if (id != null) {
            data.put("id", id);
        }
        data.put("attributes", attributes);
        return Map.of("data", data);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        http.close();
    }
}
