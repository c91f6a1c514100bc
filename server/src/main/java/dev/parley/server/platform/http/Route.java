package dev.parley.server.platform.http;

import org.jspecify.annotations.Nullable;

/**
 * One method on one path.
 *
 * @param method what it answers; HEAD comes with GET, OPTIONS with any
 * @param template such as {@code /public/v2/messages/{id}}: a segment is exact or one whole parameter. A trailing slash
 *     is accepted on every path
 * @param access who may call
 * @param bodyLimit the most bytes of a body, or null for the server's default
 * @param handler answers
 */
public record Route(
        HttpMethod method,
        String template,
        Access access,
        @Nullable Long bodyLimit,
        HttpHandler handler) {

    /** Checks the template. */
    public Route {
        if (!template.startsWith("/") || (template.length() > 1 && template.endsWith("/"))) {
            throw new IllegalArgumentException(
                    "a path template starts with a slash and does not end with one: " + template);
        }
    }

    /** A route with the server's default limit for bodies. */
    public static Route of(HttpMethod method, String template, Access access, HttpHandler handler) {
        return new Route(method, template, access, null, handler);
    }

    /** The same route taking larger, or only smaller, bodies. */
    public Route withBodyLimit(long bytes) {
        return new Route(method, template, access, bytes, handler);
    }
}
