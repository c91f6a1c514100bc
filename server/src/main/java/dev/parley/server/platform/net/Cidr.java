package dev.parley.server.platform.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/**
 * A block of addresses, {@code 10.0.0.0/8} or {@code fd00::/8}; a bare address is a block of one. Names are refused, so
 * that a block never depends on a name server. Immutable.
 *
 * @param network its first address; IPv4 in IPv6 form counts as IPv4
 * @param prefix how many leading bits are fixed: 0 to 32, or 0 to 128
 */
public record Cidr(InetAddress network, int prefix) {

    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");
    private static final Pattern PREFIX = Pattern.compile("\\d{1,3}");
    private static final String RULE = "must be an address block such as 10.0.0.0/8, 192.168.1.7 or fd00::/8";

    /** Refuses what is no block, with a text that says why. */
    public Cidr {
        int bits = network.getAddress().length * Byte.SIZE;
        if (prefix < 0 || prefix > bits) {
            throw new IllegalArgumentException(RULE + ", the prefix from 0 to " + bits);
        }
        InetAddress first = masked(network, prefix);
        if (!first.equals(network)) {
            throw new IllegalArgumentException(
                    "has bits set beyond its prefix; the block that holds it is " + new Cidr(first, prefix));
        }
    }

    /**
     * Reads the written form.
     *
     * @throws IllegalArgumentException when it is none, with the end of a sentence that says what it must be
     */
    public static Cidr parse(String text) {
        int slash = text.indexOf('/');
        InetAddress network = literal(slash < 0 ? text : text.substring(0, slash));
        int bits = network.getAddress().length * Byte.SIZE;
        return new Cidr(network, slash < 0 ? bits : prefix(text.substring(slash + 1), bits));
    }

    /**
     * The address that a text spells. Looks no name up.
     *
     * @throws IllegalArgumentException when it spells none
     */
    public static InetAddress literal(String text) {
        if (!IPV4.matcher(text).matches() && !IPV6.matcher(text).matches()) {
            throw new IllegalArgumentException(RULE);
        }
        try {
            return InetAddress.ofLiteral(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(RULE, e);
        }
    }

    /** Whether the address lies in this block; one of the other IP version never does. */
    public boolean contains(InetAddress address) {
        return address.getAddress().length == network.getAddress().length
                && masked(address, prefix).equals(network);
    }

    private static int prefix(String text, int bits) {
        if (!PREFIX.matcher(text).matches()) {
            throw new IllegalArgumentException(RULE + ", the prefix from 0 to " + bits);
        }
        return Integer.parseInt(text);
    }

    private static InetAddress masked(InetAddress address, int prefix) {
        byte[] bytes = address.getAddress();
        for (int i = 0; i < bytes.length; i++) {
            int keep = Math.clamp(prefix - (long) i * Byte.SIZE, 0, Byte.SIZE);
            bytes[i] &= (byte) (0xff << (Byte.SIZE - keep));
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
