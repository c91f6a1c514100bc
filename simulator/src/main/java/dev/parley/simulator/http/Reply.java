package dev.parley.simulator.http;

import dev.parley.simulator.json.Json;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;

/** What a request gets: an answer, or a connection that is cut without one. */
public sealed interface Reply {

    /**
     * An HTTP answer.
     *
     * @param status the HTTP status
     * @param contentType the value of {@code Content-Type}
     * @param body the bytes to send
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared, never changed.
    record Answer(int status, String contentType, byte[] body) implements Reply {}

    /** The connection is closed; not one byte is answered. */
    record Cut() implements Reply {}

    /**
     * An answer that breaks off.
     *
     * @param answer the whole of it, whose length is announced
     * @param bytes how many of its body are sent before the connection is closed
     */
    record Broken(Answer answer, int bytes) implements Reply {}

    /** A JSON answer. */
    static Reply json(int status, JsonNode body) {
        return json(status, Json.MAPPER.writeValueAsBytes(body));
    }

    /** A JSON answer that is written already. */
    static Reply json(int status, byte[] body) {
        return new Answer(status, "application/json; charset=UTF-8", body);
    }

    /** An HTML page. */
    static Reply html(int status, String page) {
        return new Answer(status, "text/html; charset=UTF-8", page.getBytes(StandardCharsets.UTF_8));
    }
}
