package dev.parley.server.platform.http;

import org.jspecify.annotations.Nullable;

/**
 * One method on one path.
 *
 * @param method what it answers; HEAD comes with GET, OPTIONS with any
 * @param template such as {@code /public/v2/messages/{id}}: a segment is exact or one whole parameter. A trailing slash
 *     is accepted on every path
 * @param access who may call
 * @param scope what an organization's token needs for it; {@code read} for GET and {@code send} for all else, until told
 *     otherwise
 * @param bodyLimit the most bytes of a body, or null for the server's default
 * @param intake takes bodies that are too large to be held; null to hold every body
 * @param tickets whose a ticket is, where one in the query may stand in for the token; null where none may
 * @param handler answers
 */
public record Route(
        HttpMethod method,
        String template,
        Access access,
        Scope scope,
        @Nullable Long bodyLimit,
        @Nullable BodyIntake intake,
        @Nullable Authenticator tickets,
        HttpHandler handler) {

    /** The query parameter of a ticket. */
    public static final String TICKET = "ticket";

    /** Checks the template. */
    public Route {
        if (!template.startsWith("/") || (template.length() > 1 && template.endsWith("/"))) {
            throw new IllegalArgumentException(
                    "a path template starts with a slash and does not end with one: " + template);
        }
    }

    /** A route with the server's default limit for bodies. */
    public static Route of(HttpMethod method, String template, Access access, HttpHandler handler) {
        return new Route(method, template, access, Scope.of(method), null, null, null, handler);
    }

    /** The same route taking larger, or only smaller, bodies. */
    public Route withBodyLimit(long bytes) {
        return new Route(method, template, access, scope, bytes, intake, tickets, handler);
    }

    /** The same route for tokens with another scope. */
    public Route withScope(Scope needed) {
        return new Route(method, template, access, needed, bodyLimit, intake, tickets, handler);
    }

    /** The same route with something that takes its large bodies. */
    public Route withIntake(BodyIntake takesLarge) {
        return new Route(method, template, access, scope, bodyLimit, takesLarge, tickets, handler);
    }

    /** The same route for callers who can't send a header, and give a ticket in the query. */
    public Route withTickets(Authenticator holders) {
        return new Route(method, template, access, scope, bodyLimit, intake, holders, handler);
    }
}
