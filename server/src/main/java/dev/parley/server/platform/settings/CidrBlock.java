package dev.parley.server.platform.settings;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/**
 * A block of addresses, {@code 10.0.0.0/8} or {@code fd00::/8}; a bare address is a block of one. Names are refused, so
 * that a block never depends on a name server.
 *
 * @param network its first address; IPv4 in IPv6 form counts as IPv4
 * @param prefix how many leading bits are fixed
 */
public record CidrBlock(InetAddress network, int prefix) {

    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");
    private static final String RULE = "must be an address block such as 10.0.0.0/8, 192.168.1.7 or fd00::/8";

    /** Reads the written form. */
    public static CidrBlock parse(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length > 2
                || !(IPV4.matcher(parts[0]).matches() || IPV6.matcher(parts[0]).matches())) {
            throw new IllegalArgumentException(RULE);
        }
        InetAddress address = address(parts[0]);
        int bits = address.getAddress().length * 8;
        int prefix = parts.length == 1 ? bits : prefix(parts[1], bits);
        InetAddress network = masked(address, prefix);
        if (!network.equals(address)) {
            throw new IllegalArgumentException(
                    "has bits set beyond its prefix; the block that holds it is " + new CidrBlock(network, prefix));
        }
        return new CidrBlock(network, prefix);
    }

    /** Whether the address lies in this block; one of the other IP version never does. */
    public boolean contains(InetAddress address) {
        return address.getAddress().length == network.getAddress().length
                && masked(address, prefix).equals(network);
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.ofLiteral(literal);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(RULE);
        }
    }

    private static int prefix(String text, int bits) {
        if (!text.matches("\\d{1,3}") || Integer.parseInt(text) > bits) {
            throw new IllegalArgumentException(RULE + ", the prefix from 0 to " + bits);
        }
        return Integer.parseInt(text);
    }

    private static InetAddress masked(InetAddress address, int prefix) {
        byte[] bytes = address.getAddress();
        for (int i = 0; i < bytes.length; i++) {
            int keep = Math.clamp(prefix - i * 8L, 0, 8);
            bytes[i] &= (byte) (0xff << (8 - keep));
        }
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address lost bytes while its prefix was applied", e);
        }
    }

    @Override
    public String toString() {
        return network.getHostAddress() + "/" + prefix;
    }
}
