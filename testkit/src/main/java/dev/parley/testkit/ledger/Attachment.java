package dev.parley.testkit.ledger;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A file that is sent: not its bytes, but all that they are made of, so that many can be remembered.
 *
 * @param kind {@code image} or {@code document}
 * @param seed another one makes another content
 * @param size how many bytes it has
 * @param sha256 the hash of the bytes, in hexadecimal
 */
public record Attachment(String kind, String seed, int size, String sha256) {

    private static final int SHARED = 8;
    private static final int SMALL = 2_000;
    /** In base64 more than what the server holds in memory of a body. */
    private static final int LARGE = 150_000;

    /** One of some contents that everybody sends to everybody. */
    static Attachment shared(int number) {
        int which = Math.floorMod(number, SHARED);
        return made(which % 2 == 0 ? "image" : "document", "shared " + which, which == 1 ? LARGE : SMALL);
    }

    /** The one content of this name. */
    static Attachment named(String name, boolean large) {
        return made(large ? "document" : "image", name, large ? LARGE : SMALL);
    }

    /** The hashes of what {@link #shared} gives. */
    public static Set<String> sharedHashes() {
        return IntStream.range(0, SHARED)
                .mapToObj(number -> shared(number).sha256())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Attachment made(String kind, String seed, int size) {
        return new Attachment(kind, seed, size, sha256(bytes(kind, seed, size)));
    }

    /** What the bytes say that it is. */
    String mimeType() {
        return kind.equals("image") ? "image/png" : "application/pdf";
    }

    /** The bytes. */
    byte[] bytes() {
        return bytes(kind, seed, size);
    }

    private static byte[] bytes(String kind, String seed, int size) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(size + 100);
        bytes.writeBytes(
                kind.equals("image")
                        ? HexFormat.of().parseHex("89504e470d0a1a0a0000000d49484452")
                        : "%PDF-1.4\n".getBytes(StandardCharsets.US_ASCII));
        byte[] mark = (seed + "\n").getBytes(StandardCharsets.UTF_8);
        while (bytes.size() < size) {
            bytes.writeBytes(mark);
        }
        return bytes.toByteArray();
    }

    /** The bytes as text. */
    String base64() {
        return Base64.getEncoder().encodeToString(bytes());
    }

    /** The hash of any bytes, in hexadecimal. */
    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
