package dev.parley.server.platform.http;

import dev.parley.server.platform.net.CidrList;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How the server listens and what it bears.
 *
 * @param host the address to listen on
 * @param port 0 for any free one
 * @param bodyLimit the most bytes of a body, where a route has no limit of its own
 * @param bodyMemory the most bytes that the bodies being read may take together; beyond it requests get 503
 * @param headerBytes the most bytes of a request's line and headers
 * @param maxConnections connections at once; more wait to be accepted
 * @param maxRequests requests being worked on at once; more get 503
 * @param slowest bytes a second that a caller sends or takes at the least, once {@code requestDeadline} is over
 * @param requestDeadline the most time for a handler; also for a small body to arrive (one that goes on coming gets as much
 *     again, up to once for each 8 MiB that the route takes), and for an answer to be taken
 * @param idleTimeout after which a silent connection is closed
 * @param stopTimeout the most time that stopping waits for requests under way
 * @param trustedProxies whose {@code X-Forwarded-For} and {@code X-Forwarded-Proto} are believed
 * @param publicUrl by which the world reaches this server, without a slash at the end; null to go by each request
 */
public record HttpOptions(
        String host,
        int port,
        long bodyLimit,
        long bodyMemory,
        int headerBytes,
        int maxConnections,
        int maxRequests,
        int slowest,
        Duration requestDeadline,
        Duration idleTimeout,
        Duration stopTimeout,
        CidrList trustedProxies,
        @Nullable URI publicUrl) {

    /** Loopback on any free port, with the documented limits. */
    public static HttpOptions defaults() {
        return new HttpOptions(
                "127.0.0.1",
                0,
                1 << 20,
                Math.max(32L << 20, Runtime.getRuntime().maxMemory() / 8),
                16 << 10,
                10_000,
                4_096,
                16 << 10,
                Duration.ofSeconds(30),
                Duration.ofSeconds(30),
                Duration.ofSeconds(10),
                CidrList.NONE,
                null);
    }

    /** The same on another address. */
    public HttpOptions on(String newHost, int newPort) {
        return new HttpOptions(
                newHost,
                newPort,
                bodyLimit,
                bodyMemory,
                headerBytes,
                maxConnections,
                maxRequests,
                slowest,
                requestDeadline,
                idleTimeout,
                stopTimeout,
                trustedProxies,
                publicUrl);
    }

    /** The same with other times: for a request, for a silent connection, for stopping. */
    public HttpOptions withTimes(Duration deadline, Duration idle, Duration stop) {
        return new HttpOptions(
                host,
                port,
                bodyLimit,
                bodyMemory,
                headerBytes,
                maxConnections,
                maxRequests,
                slowest,
                deadline,
                idle,
                stop,
                trustedProxies,
                publicUrl);
    }

    /** The same with other limits: bytes of a body, bytes of all bodies, connections, requests. */
    public HttpOptions withLimits(long body, long allBodies, int connections, int requests) {
        return new HttpOptions(
                host,
                port,
                body,
                allBodies,
                headerBytes,
                connections,
                requests,
                slowest,
                requestDeadline,
                idleTimeout,
                stopTimeout,
                trustedProxies,
                publicUrl);
    }

    /** The same for callers that send and take at least so many bytes a second. */
    public HttpOptions withSlowest(int bytesPerSecond) {
        return new HttpOptions(
                host,
                port,
                bodyLimit,
                bodyMemory,
                headerBytes,
                maxConnections,
                maxRequests,
                bytesPerSecond,
                requestDeadline,
                idleTimeout,
                stopTimeout,
                trustedProxies,
                publicUrl);
    }

    /** The same behind proxies. */
    public HttpOptions behind(CidrList proxies, @Nullable URI url) {
        return new HttpOptions(
                host,
                port,
                bodyLimit,
                bodyMemory,
                headerBytes,
                maxConnections,
                maxRequests,
                slowest,
                requestDeadline,
                idleTimeout,
                stopTimeout,
                proxies,
                url);
    }
}
