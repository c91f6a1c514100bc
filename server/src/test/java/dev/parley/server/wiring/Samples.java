package dev.parley.server.wiring;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Small files of many types; each {@code mark} makes another content. */
public final class Samples {

    private Samples() {}

    /** A small picture. */
    public static byte[] picture(String mark) {
        return png(mark);
    }

    static byte[] png(String mark) {
        return join(HexFormat.of().parseHex("89504e470d0a1a0a0000000d49484452"), mark);
    }

    static byte[] jpeg(String mark) {
        return join(HexFormat.of().parseHex("ffd8ffe000104a46494600010100"), mark);
    }

    static byte[] webp(String mark) {
        return join("RIFF0000WEBPVP8 ".getBytes(StandardCharsets.US_ASCII), mark);
    }

    public static byte[] pdf(String mark) {
        return join("%PDF-1.4\n".getBytes(StandardCharsets.US_ASCII), mark);
    }

    static byte[] exe(String mark) {
        return join(HexFormat.of().parseHex("7f454c4602010100000000000000000002003e00"), mark);
    }

    public static byte[] opus(String mark) {
        byte[] page = join("OggS".getBytes(StandardCharsets.US_ASCII), "\0".repeat(24) + "OpusHead\1\1");
        return join(page, mark);
    }

    /** With a movie box that has a track of pictures or of sound. */
    public static byte[] mp4(String brand, String handler, String mark) {
        String moov = "\0\0\0\60moov" + "\0\0\0\50trak" + "\0\0\0\40hdlr" + "\0".repeat(8) + handler + "\0".repeat(12);
        return join(("\0\0\0\20ftyp" + brand + "\0\0\0\0" + moov).getBytes(StandardCharsets.ISO_8859_1), mark);
    }

    static byte[] docx(String mark) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (String name : new String[] {"[Content_Types].xml", "word/document.xml"}) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write(mark.getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        }
        return out.toByteArray();
    }

    /** The same, as many bytes long. */
    static byte[] filled(byte[] file, int length) {
        byte[] filled = Arrays.copyOf(file, length);
        for (int i = file.length; i < length; i++) {
            filled[i] = (byte) (i * 31 + file.length);
        }
        return filled;
    }

    public static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static byte[] join(byte[] first, String rest) {
        byte[] second = rest.getBytes(StandardCharsets.ISO_8859_1);
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
