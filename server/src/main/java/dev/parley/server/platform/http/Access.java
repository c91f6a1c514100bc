package dev.parley.server.platform.http;

/** Who may call a route. */
public enum Access {
    /** Anybody; the route checks a signature itself, or has nothing to hide. */
    PUBLIC,
    /** The holder of the partner token. */
    PARTNER,
    /** The holder of an organization's token; what the route touches is that organization's alone. */
    ORGANIZATION
}
