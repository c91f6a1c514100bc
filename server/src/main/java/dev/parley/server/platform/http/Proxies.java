package dev.parley.server.platform.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** Tells where a request came from, believing forwarding headers only from trusted proxies. */
final class Proxies {

    private final List<Cidr> trusted;
    private final @Nullable String publicUrl;

    Proxies(List<Cidr> trusted, @Nullable URI publicUrl) {
        this.trusted = List.copyOf(trusted);
        String url = publicUrl == null ? null : publicUrl.toString();
        this.publicUrl = url != null && url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    /** The nearest address that isn't a trusted proxy's, reading {@code X-Forwarded-For} from its end. */
    String remote(Request request) {
        InetAddress peer = peer(request);
        if (peer == null) {
            return "unknown";
        }
        if (!trusts(peer)) {
            return peer.getHostAddress();
        }
        return behind(peer, String.join(",", request.getHeaders().getValuesList("X-Forwarded-For")));
    }

    private String behind(InetAddress peer, String forwarded) {
        InetAddress nearest = peer;
        String[] hops = forwarded.split(",");
        for (int i = hops.length - 1; i >= 0 && trusts(nearest); i--) {
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
        if (peer != null && trusts(peer)) {
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

    private boolean trusts(InetAddress address) {
        for (Cidr block : trusted) {
            if (block.contains(address)) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable InetAddress peer(Request request) {
        SocketAddress address = request.getConnectionMetaData().getRemoteSocketAddress();
        return address instanceof InetSocketAddress inet ? inet.getAddress() : null;
    }
}
