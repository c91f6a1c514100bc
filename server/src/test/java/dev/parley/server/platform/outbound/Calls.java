package dev.parley.server.platform.outbound;

import dev.parley.connector.Outbound.Call;
import dev.parley.connector.Outbound.Exchange;
import dev.parley.server.platform.net.CidrList;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** What the tests of the client have in common. */
final class Calls {

    static final OutboundGuard LOOPBACK = new OutboundGuard(CidrList.parse("127.0.0.0/8"));
    static final OutboundGuard PUBLIC_ONLY = new OutboundGuard(CidrList.NONE);
    static final Duration LONG = Duration.ofSeconds(20);

    private Calls() {}

    static Call post(URI uri, String body, Duration deadline) {
        return new Call(
                "POST",
                uri,
                Map.of("Content-Type", "application/json"),
                body.getBytes(StandardCharsets.UTF_8),
                deadline,
                10_000);
    }

    static GuardedHttp client(OutboundGuard guard, HostLookup lookup) {
        return GuardedHttp.start(guard, OutboundLimits.DEFAULT, lookup, new SslContextFactory.Client());
    }

    static HostLookup names(Map<String, List<String>> addresses) {
        return host -> {
            List<String> found = addresses.get(host);
            if (found == null) {
                throw new UnknownHostException(host);
            }
            return found.stream().map(InetAddress::ofLiteral).toArray(InetAddress[]::new);
        };
    }

    static String text(Exchange exchange) {
        return new String(((Exchange.Answer) exchange).body(), StandardCharsets.UTF_8);
    }

    /** Waits inside a server's or a name server's thread. */
    static void await(CountDownLatch latch) {
        try {
            if (!latch.await(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the test never let go");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
