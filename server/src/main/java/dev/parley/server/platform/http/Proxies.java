package dev.parley.server.platform.http;

import dev.parley.server.platform.net.Cidr;
import dev.parley.server.platform.net.CidrList;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** Tells where a request came from, believing forwarding headers only from trusted proxies. */
final class Proxies {

    private final CidrList trusted;
    private final @Nullable String publicUrl;

    Proxies(CidrList trusted, @Nullable URI publicUrl) {
        this.trusted = trusted;
        String url = publicUrl == null ? null : publicUrl.toString();
        this.publicUrl = url != null && url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    /** The nearest address that isn't a trusted proxy's, reading {@code X-Forwarded-For} from its end. */
    String remote(Request request) {
        InetAddress peer = peer(request);
        if (peer == null) {
            return "unknown";
        }
        if (!trusted.contains(peer)) {
            return peer.getHostAddress();
        }
        return behind(peer, String.join(",", request.getHeaders().getValuesList("X-Forwarded-For")));
    }

    private String behind(InetAddress peer, String forwarded) {
        InetAddress nearest = peer;
        String[] hops = forwarded.split(",");
        for (int i = hops.length - 1; i >= 0 && trusted.contains(nearest); i--) {
            try {
                nearest = Cidr.literal(hops[i].strip());
            } catch (IllegalArgumentException garbage) {
                return nearest.getHostAddress();
            }
        }
        return nearest.getHostAddress();
    }

    String baseUrl(Request request) {
        if (publicUrl != null) {
            return publicUrl;
        }
        String scheme = request.isSecure() ? "https" : "http";
        InetAddress peer = peer(request);
        if (peer != null && trusted.contains(peer)) {
            scheme = forwardedScheme(request, scheme);
        }
        String authority = request.getHttpURI().getAuthority();
        return scheme + "://" + (authority == null ? "localhost" : authority);
    }

    private static String forwardedScheme(Request request, String direct) {
        String forwarded = request.getHeaders().get("X-Forwarded-Proto");
        if (forwarded == null) {
            return direct;
        }
        String last = forwarded.substring(forwarded.lastIndexOf(',') + 1).strip();
        return last.equals("https") || last.equals("http") ? last : direct;
    }

    private static @Nullable InetAddress peer(Request request) {
        SocketAddress address = request.getConnectionMetaData().getRemoteSocketAddress();
        return address instanceof InetSocketAddress inet ? inet.getAddress() : null;
    }
}
