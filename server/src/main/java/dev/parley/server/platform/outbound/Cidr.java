package dev.parley.server.platform.outbound;

import java.net.InetAddress;
import java.util.Arrays;

/**
 * A block of addresses such as {@code 10.0.0.0/8} or {@code fd00::/8}. Immutable.
 *
 * @param network its first address; the bits behind the prefix are zero
 * @param prefix how many leading bits are fixed: 0 to 32, or 0 to 128
 */
public record Cidr(InetAddress network, int prefix) {

    public Cidr {
        int bits = network.getAddress().length * Byte.SIZE;
        if (prefix < 0 || prefix > bits) {
            throw new IllegalArgumentException("the prefix must be between 0 and " + bits);
        }
        if (!Arrays.equals(masked(network.getAddress(), prefix), network.getAddress())) {
            throw new IllegalArgumentException("bits behind the prefix are set; write the first address of the block");
        }
    }

    /**
     * Reads {@code address/prefix}; an address alone is a block of one. Looks no name up.
     *
     * @throws IllegalArgumentException with a text that says what is wrong with it
     */
    public static Cidr parse(String text) {
        int slash = text.indexOf('/');
        InetAddress network = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
        int bits = network.getAddress().length * Byte.SIZE;
        return new Cidr(network, slash < 0 ? bits : Integer.parseInt(text, slash + 1, text.length(), 10));
    }

    /** Whether the address lies in this block. An IPv4 block holds no IPv6 address and the other way round. */
    public boolean contains(InetAddress address) {
        byte[] bytes = address.getAddress();
        return bytes.length == network.getAddress().length
                && Arrays.equals(masked(bytes, prefix), network.getAddress());
    }

    private static byte[] masked(byte[] address, int prefix) {
        byte[] masked = address.clone();
        for (int i = 0; i < masked.length; i++) {
            int kept = Math.clamp(prefix - (long) i * Byte.SIZE, 0, Byte.SIZE);
            masked[i] &= (byte) (0xff << (Byte.SIZE - kept));
        }
        return masked;
    }

    @Override
    public String toString() {
        return network.getHostAddress() + "/" + prefix;
    }
}
