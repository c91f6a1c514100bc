package dev.parley.server.platform.http;

import java.net.InetAddress;
import java.util.regex.Pattern;

/**
 * A block of addresses.
 *
 * @param address the network's own address
 * @param bits how many leading bits count
 */
public record Cidr(InetAddress address, int bits) {

    private static final Pattern LITERAL =
            Pattern.compile("[0-9]{1,3}(?:\\.[0-9]{1,3}){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

    /**
     * Reads {@code 10.0.0.0/8}, {@code fd00::/8} or a single address.
     *
     * @throws IllegalArgumentException when it is none; host names are not looked up
     */
    public static Cidr parse(String text) {
        int slash = text.indexOf('/');
        InetAddress address = literal(slash < 0 ? text : text.substring(0, slash));
        int most = address.getAddress().length * 8;
        int bits = slash < 0 ? most : bits(text, slash + 1);
        if (bits < 0 || bits > most) {
            throw new IllegalArgumentException("the prefix of " + text + " must be 0 to " + most);
        }
        return new Cidr(address, bits);
    }

    /** Whether an address lies in the block. */
    public boolean contains(InetAddress other) {
        byte[] ours = address.getAddress();
        byte[] theirs = other.getAddress();
        if (ours.length != theirs.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> (bit % 8);
            if ((ours[bit / 8] & mask) != (theirs[bit / 8] & mask)) {
                return false;
            }
        }
        return true;
    }

    /**
     * The address that a text spells.
     *
     * @throws IllegalArgumentException when it spells none
     */
    static InetAddress literal(String text) {
        if (!LITERAL.matcher(text).matches()) {
            throw new IllegalArgumentException("not an IP address");
        }
        try {
            return InetAddress.ofLiteral(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("not an IP address", e);
        }
    }

    private static int bits(String text, int from) {
        try {
            return Integer.parseInt(text, from, text.length(), 10);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("the prefix of " + text + " is not a number", e);
        }
    }
}
