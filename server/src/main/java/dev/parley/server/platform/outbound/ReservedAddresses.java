package dev.parley.server.platform.outbound;

import dev.parley.server.platform.net.Cidr;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which addresses are not public, and why. Source: the IANA special-purpose address registries for IPv4 and IPv6, and the
 * addresses at which clouds serve their machines' secrets outside of those.
 */
final class ReservedAddresses {

    private record Block(Cidr cidr, String reason) {}

    private static final List<Block> IPV4 = List.of(
            block("0.0.0.0/8", "is unspecified"),
            block("10.0.0.0/8", "is private"),
            block("100.64.0.0/10", "is a carrier's shared one"),
            block("127.0.0.0/8", "is loopback"),
            block("168.63.129.16/32", "is a cloud's metadata service"),
            block("169.254.0.0/16", "is link-local"),
            block("172.16.0.0/12", "is private"),
            block("192.0.0.0/24", "is reserved"),
            block("192.0.2.0/24", "is for documentation"),
            block("192.88.99.0/24", "is a 6to4 relay"),
            block("192.168.0.0/16", "is private"),
            block("198.18.0.0/15", "is for benchmarks"),
            block("198.51.100.0/24", "is for documentation"),
            block("203.0.113.0/24", "is for documentation"),
            block("224.0.0.0/4", "is multicast"),
            block("240.0.0.0/4", "is reserved"));

    /** Only {@code 2000::/3} is public at all; these say why another is not, and which part of it is not either. */
    private static final List<Block> IPV6 = List.of(
            block("::/128", "is unspecified"),
            block("::1/128", "is loopback"),
            block("::/96", "hides an IPv4 address"),
            block("64:ff9b:1::/48", "is a local translation"),
            block("fc00::/7", "is unique-local"),
            block("fe80::/10", "is link-local"),
            block("fec0::/10", "is site-local"),
            block("ff00::/8", "is multicast"),
            block("2001::/32", "is a Teredo tunnel"),
            block("2001::/23", "is reserved"),
            block("2001:db8::/32", "is for documentation"),
            block("2002::/16", "is a 6to4 tunnel"),
            block("3fff::/20", "is for documentation"));

    private static final Cidr GLOBAL_UNICAST = Cidr.parse("2000::/3");
    private static final Cidr NAT64 = Cidr.parse("64:ff9b::/96");
    private static final int IPV4_IN_NAT64 = 12;

    private ReservedAddresses() {}

    /** Why the address is not public, as the end of a sentence; null when it is. */
    static @Nullable String reason(InetAddress address) {
        if (address instanceof Inet4Address) {
            return find(IPV4, address);
        }
        if (NAT64.contains(address)) {
            return reason(embedded(address));
        }
        String reason = find(IPV6, address);
        return reason == null && !GLOBAL_UNICAST.contains(address) ? "is reserved" : reason;
    }

    private static InetAddress embedded(InetAddress nat64) {
        byte[] bytes = nat64.getAddress();
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(bytes, IPV4_IN_NAT64, bytes.length));
        } catch (java.net.UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }

    private static @Nullable String find(List<Block> blocks, InetAddress address) {
        for (Block block : blocks) {
            if (block.cidr().contains(address)) {
                return block.reason();
            }
        }
        return null;
    }

    private static Block block(String cidr, String reason) {
        return new Block(Cidr.parse(cidr), reason);
    }
}
