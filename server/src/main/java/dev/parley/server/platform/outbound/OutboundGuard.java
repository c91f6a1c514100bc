package dev.parley.server.platform.outbound;

import dev.parley.server.platform.net.CidrList;
import java.net.InetAddress;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which addresses may be called on behalf of an organization: public ones over https, and any that the operator's list
 * ({@code outbound.allow}) holds. Immutable, safe for use by many threads at once, looks no name up.
 */
public final class OutboundGuard {

    private static final int MAX_PORT = 65_535;
    private static final String PLAIN =
            "plain http is allowed only to addresses on the operator's list (outbound.allow); use https";

    private final CidrList allowed;

    /** @param allowed the operator's list; empty for public addresses alone */
    public OutboundGuard(CidrList allowed) {
        this.allowed = allowed;
    }

    /**
     * What speaks against a URL that somebody wants to store, as far as it can be told without looking its name up; null
     * when nothing does. Each connection checks the addresses themselves, so a name may still be refused later.
     *
     * @return a sentence's part that says what to do; never holds the URL
     */
    public @Nullable String problemWith(URI uri) {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !scheme.equals("http")) {
            return "must be an absolute URL that starts with https://";
        }
        if (uri.getRawUserInfo() != null) {
            return "must not hold a user name or password";
        }
        String host = uri.getHost();
        if (host == null || host.isEmpty()) {
            return "must name a host of letters, digits, dots and hyphens";
        }
        if (uri.getPort() == 0 || uri.getPort() > MAX_PORT) {
            return "must have a port between 1 and " + MAX_PORT;
        }
        return problemWithHost(host, scheme.equals("https"));
    }

    /**
     * What speaks against a connection to this address; null when nothing does.
     *
     * @param encrypted whether the connection is TLS
     */
    public @Nullable String problemWith(InetAddress address, boolean encrypted) {
        if (allowed.contains(address)) {
            return null;
        }
        String reason = ReservedAddresses.reason(address);
        if (reason != null) {
            return "the address " + reason + ", not public, and not on the operator's list (outbound.allow)";
        }
        return encrypted ? null : PLAIN;
    }

    private @Nullable String problemWithHost(String host, boolean encrypted) {
        InetAddress literal = literal(host);
        if (literal != null) {
            return problemWith(literal, encrypted);
        }
        return encrypted || !allowed.blocks().isEmpty() ? null : PLAIN;
    }

    /** The address when the host is one, as a literal or by one of the names of this machine; else null. */
    private static @Nullable InetAddress literal(String host) {
        String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.equals("localhost") || lower.endsWith(".localhost")) {
            return InetAddress.getLoopbackAddress();
        }
        try {
            return InetAddress.ofLiteral(name);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
