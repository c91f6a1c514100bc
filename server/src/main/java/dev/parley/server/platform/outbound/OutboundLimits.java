package dev.parley.server.platform.outbound;

import java.time.Duration;

/**
 * The bounds of the one HTTP client.
 *
 * @param connectionsPerHost the most connections at once to one scheme, host and port; uploads have as many of their own
 * @param waitingPerHost the most calls that wait for one of them; a further call is not sent
 * @param connectTimeout the longest that one address may take to accept
 * @param keepAlive how long an unused connection is kept
 */
public record OutboundLimits(int connectionsPerHost, int waitingPerHost, Duration connectTimeout, Duration keepAlive) {

    /** 512 connections and 8,192 waiting calls per host, 5 s to connect, 30 s kept. */
    public static final OutboundLimits DEFAULT =
            new OutboundLimits(512, 8_192, Duration.ofSeconds(5), Duration.ofSeconds(30));

    public OutboundLimits {
        if (connectionsPerHost < 1 || waitingPerHost < 1) {
            throw new IllegalArgumentException("connections and waiting calls per host must be at least 1");
        }
        if (!connectTimeout.isPositive() || !keepAlive.isPositive()) {
            throw new IllegalArgumentException("times must be longer than 0");
        }
    }
}
