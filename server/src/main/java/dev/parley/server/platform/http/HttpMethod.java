package dev.parley.server.platform.http;

import org.jspecify.annotations.Nullable;

/** The methods that a route can be declared for; HEAD and OPTIONS follow from the declared ones. */
public enum HttpMethod {
    GET,
    POST,
    PUT,
    PATCH,
    DELETE;

    /** The method of that name, HEAD being a GET; null for any other. Method names are case-sensitive. */
    static @Nullable HttpMethod of(String name) {
        return switch (name) {
            case "GET", "HEAD" -> GET;
            case "POST" -> POST;
            case "PUT" -> PUT;
            case "PATCH" -> PATCH;
            case "DELETE" -> DELETE;
            default -> null;
        };
    }
}
