package dev.parley.server.platform.net;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Address blocks, written with commas between them. May be empty. Immutable. */
public record CidrList(List<Cidr> blocks) {

    /** No block. */
    public static final CidrList NONE = new CidrList(List.of());

    private static final int MAX = 1000;

    public CidrList {
        blocks = List.copyOf(blocks);
    }

    /**
     * Reads the written form.
     *
     * @throws IllegalArgumentException when one is no block
     */
    public static CidrList parse(String text) {
        if (text.isBlank()) {
            return NONE;
        }
        String[] parts = text.split(",", -1);
        if (parts.length > MAX) {
            throw new IllegalArgumentException("must hold at most " + MAX + " address blocks");
        }
        return new CidrList(
                Arrays.stream(parts).map(part -> Cidr.parse(part.strip())).toList());
    }

    /** Whether one of the blocks holds the address. */
    public boolean contains(InetAddress address) {
        return blocks.stream().anyMatch(block -> block.contains(address));
    }

    /** The same with more blocks at its end. */
    public CidrList plus(List<Cidr> more) {
        return new CidrList(Stream.concat(blocks.stream(), more.stream()).toList());
    }

    @Override
    public String toString() {
        return blocks.stream().map(Cidr::toString).collect(Collectors.joining(","));
    }
}
