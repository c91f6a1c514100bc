package dev.parley.server.platform.http;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request, read in full.
 *
 * @param method a HEAD arrives as GET
 * @param path decoded, without the trailing slash
 * @param pathParameters by the names in the route's template, decoded
 * @param query in order, repeated ones kept
 * @param headers all of them
 * @param body the bytes; empty without a body. Not to be changed. Where a {@link BodyIntake} took it: what that left of it
 * @param bodySha256 the hash of the body as it came, where an intake took it; else null
 * @param remote the caller's address, taken from {@code X-Forwarded-For} behind a trusted proxy
 * @param baseUrl scheme and authority by which the caller reached the server, or the configured public URL; no slash at
 *     the end
 * @param requestId the caller's own, or one made here
 * @param caller who calls; null on a route with {@link Access#PUBLIC}
 */
public record HttpCall(
        HttpMethod method,
        String path,
        Map<String, String> pathParameters,
        List<QueryParameter> query,
        Headers headers,
        byte[] body,
        byte @Nullable [] bodySha256,
        String remote,
        String baseUrl,
        String requestId,
        @Nullable Caller caller) {

    /**
     * The value of a parameter in the route's template.
     *
     * @throws IllegalArgumentException when the template has no such parameter
     */
    public String pathParameter(String name) {
        String value = pathParameters.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the route has no parameter " + name);
        }
        return value;
    }

    /** The caller on a route that isn't public. */
    public Caller requireCaller() {
        if (caller == null) {
            throw new IllegalStateException("a public route has no caller");
        }
        return caller;
    }

    /** Method and request id: everything else may hold personal data or secrets. */
    @Override
    public String toString() {
        return method + " " + requestId;
    }
}
