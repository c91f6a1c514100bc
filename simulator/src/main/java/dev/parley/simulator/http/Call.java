package dev.parley.simulator.http;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP request, read whole.
 *
 * @param method the method in capitals
 * @param path the decoded path, starting with a slash
 * @param query the first value of each query parameter
 * @param bearer the bearer token, or null when there is none
 * @param contentType the value of {@code Content-Type}, or null when there is none
 * @param body the body's bytes, empty when there is none
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared, never changed.
public record Call(
        String method,
        String path,
        Map<String, String> query,
        @Nullable String bearer,
        @Nullable String contentType,
        byte[] body) {

    /** A text without the body, the query and the token, so that it may be logged. */
    @Override
    public String toString() {
        return method + " " + path;
    }
}
