package dev.parley.server.webhooks.delivery;

import java.time.Duration;

/**
 * An endpoint that this node owns.
 *
 * @param url where it is
 * @param fence rises with each owner
 * @param failures tries in a row that failed
 */
record ClaimedEndpoint(EndpointKey key, String url, long fence, int failures) {

    /** How long an owner that says nothing any more keeps an endpoint from others, by the database's clock. */
    static final Duration LEASE = Duration.ofSeconds(30);

    /** A URL may hold a secret. */
    @Override
    public String toString() {
        return "ClaimedEndpoint[" + key + ", fence " + fence + "]";
    }
}
