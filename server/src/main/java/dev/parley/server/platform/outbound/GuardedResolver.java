package dev.parley.server.platform.outbound;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.eclipse.jetty.client.Destination;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.SocketAddressResolver;

/**
 * Gives the client only addresses that the guard allows. The client connects to just these, so between check and
 * connection no other answer of the name server can slip in; the name itself stays in SNI, certificate check and Host.
 */
final class GuardedResolver implements SocketAddressResolver {

    private final OutboundGuard guard;
    private final HostLookup lookup;
    private final Executor executor;

    /** @param executor has threads to block, as name servers may be slow */
    GuardedResolver(OutboundGuard guard, HostLookup lookup, Executor executor) {
        this.guard = guard;
        this.lookup = lookup;
        this.executor = executor;
    }

    @Override
    public void resolve(String host, int port, Map<String, Object> context, Promise<List<InetSocketAddress>> promise) {
        boolean encrypted = context.get(Destination.CONTEXT_KEY) instanceof Destination to && to.isSecure();
        try {
            executor.execute(() -> resolve(host, port, encrypted, promise));
        } catch (RejectedExecutionException e) {
            promise.failed(new Refused("too many look-ups of names are waiting"));
        }
    }

    private void resolve(String host, int port, boolean encrypted, Promise<List<InetSocketAddress>> promise) {
        List<InetSocketAddress> addresses;
        try {
            addresses = allowed(host, port, encrypted);
        } catch (IOException | RuntimeException e) {
            promise.failed(e);
            return;
        }
        promise.succeeded(addresses);
    }

    private List<InetSocketAddress> allowed(String host, int port, boolean encrypted) throws IOException {
        List<InetSocketAddress> allowed = new ArrayList<>();
        String problem = null;
        for (InetAddress address : lookup.addressesOf(host)) {
            String against = guard.problemWith(address, encrypted);
            if (against == null) {
                allowed.add(new InetSocketAddress(named(host, address), port));
            } else {
                problem = against;
            }
        }
        if (!allowed.isEmpty()) {
            return allowed;
        }
        throw problem == null ? new UnknownHostException() : new Refused(problem);
    }

    /** The same address bearing the name that was asked for: the client takes SNI and the certificate's name from it. */
    private static InetAddress named(String host, InetAddress address) throws UnknownHostException {
        String name = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        return InetAddress.getByAddress(name, address.getAddress());
    }

    /** No connection is made, for a reason that may be shown. */
    static final class Refused extends IOException {
        private static final long serialVersionUID = 1L;

        /** @param reason a fixed text without personal data */
        Refused(String reason) {
            super(reason);
        }

        String reason() {
            return String.valueOf(getMessage());
        }
    }
}
