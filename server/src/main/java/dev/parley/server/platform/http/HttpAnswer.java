package dev.parley.server.platform.http;

import dev.parley.connector.ByteSource;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One answer.
 *
 * @param status the HTTP status
 * @param headers in order; {@code Content-Length} and {@code X-Request-Id} are added by the edge
 * @param body the bytes; empty for none. Not to be changed afterwards
 * @param stream the bytes in place of {@code body} where they are too many to be held; null for none
 * @param open writes the body in their place, for as long as it likes; null for none
 */
public record HttpAnswer(
        int status,
        Map<String, String> headers,
        byte[] body,
        @Nullable ByteSource stream,
        @Nullable OpenAnswer open) {

    private static final byte[] NOTHING = new byte[0];

    /** An answer that is held whole. */
    public HttpAnswer(int status, Map<String, String> headers, byte[] body) {
        this(status, headers, body, null, null);
    }

    /** An answer whose body is streamed. */
    public static HttpAnswer streamed(int status, Map<String, String> headers, ByteSource stream) {
        return new HttpAnswer(status, headers, NOTHING, stream, null);
    }

    /** A 200 whose body goes on. */
    public static HttpAnswer open(Map<String, String> headers, OpenAnswer body) {
        return new HttpAnswer(200, headers, NOTHING, null, body);
    }

    /** An answer without a body. */
    public static HttpAnswer empty(int status) {
        return new HttpAnswer(status, Map.of(), NOTHING);
    }

    /** An answer with a body of that media type. */
    public static HttpAnswer of(int status, String contentType, byte[] body) {
        return new HttpAnswer(status, Map.of("Content-Type", contentType), body);
    }

    /** A 200 with plain text in UTF-8. */
    public static HttpAnswer text(String text) {
        return of(200, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }

    /** The same with one header more, or another value of it. */
    public HttpAnswer with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new HttpAnswer(status, more, body, stream, open);
    }

    /** The status and the size: a body may hold personal data. */
    @Override
    public String toString() {
        return status + ", " + (stream == null ? body.length : stream.length()) + " bytes";
    }
}
