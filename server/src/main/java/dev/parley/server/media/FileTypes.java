package dev.parley.server.media;

import dev.parley.connector.MediaKind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import org.apache.tika.Tika;
import org.jspecify.annotations.Nullable;

/**
 * Tells what a file is by its bytes; its name only makes something general more exact, such as a text or an archive. Kinds of
 * containers that share a signature are looked into. Safe for use by many threads at once.
 */
final class FileTypes {

    private static final String UNKNOWN = "application/octet-stream";
    private static final int PREFIX = 64 << 10;
    private static final int MOST_OF_MOOV = 8 << 20;
    private static final Set<String> GENERAL =
            Set.of("text/plain", "application/zip", "application/x-tika-msoffice", "application/x-tika-ooxml");

    private final Tika tika = new Tika();

    /**
     * The media type, without parameters, lower case.
     *
     * @param kind as what it is sent: an MP4 without pictures is sound only where sound is meant
     */
    String of(Path file, @Nullable String name, MediaKind kind) throws IOException {
        byte[] prefix = prefix(file);
        String sound = sound(prefix);
        if (sound != null) {
            return sound;
        }
        if (at(prefix, 4, "ftyp")) {
            return ofMp4(file, prefix, kind);
        }
        if (at(prefix, 0, "RIFF") && at(prefix, 8, "WEBP")) {
            return "image/webp";
        }
        String type = normal(tika.detect(prefix));
        return switch (type) {
            case "application/zip", "application/x-tika-ooxml" -> named(OfficeFiles.ofZip(file), prefix, name, type);
            case "application/x-tika-msoffice" -> named(OfficeFiles.ofCompound(file), prefix, name, type);
            case "application/x-matroska", "video/x-matroska" ->
                contains(prefix, "webm", 64) ? "video/webm" : "video/x-matroska";
            default -> GENERAL.contains(type) ? named(null, prefix, name, type) : type;
        };
    }

    /** What was looked into and found goes before the name; a name is believed only where it says something like it. */
    private String named(@Nullable String found, byte[] prefix, @Nullable String name, String type) {
        if (found != null || name == null) {
            return found == null ? type : found;
        }
        return normal(tika.detect(prefix, name));
    }

    /** Signatures of sound that say too little for a general detector. */
    private static @Nullable String sound(byte[] prefix) {
        if (at(prefix, 0, "#!AMR")) {
            return "audio/amr";
        }
        if (at(prefix, 0, "OggS")) {
            return contains(prefix, "OpusHead", 64) ? "audio/ogg" : "audio/x-ogg-other";
        }
        if (at(prefix, 0, "ID3")) {
            return "audio/mpeg";
        }
        if (prefix.length > 2 && (prefix[0] & 0xFF) == 0xFF) {
            int second = prefix[1] & 0xFF;
            if ((second & 0xF6) == 0xF0) {
                return "audio/aac";
            }
            if ((second & 0xE6) == 0xE2) {
                return "audio/mpeg";
            }
        }
        return null;
    }

    /** Any brand; Apple's own and 3GPP's tell more (ISO 14496-12). */
    private static String ofMp4(Path file, byte[] prefix, MediaKind kind) throws IOException {
        String brand = prefix.length < 12 ? "" : new String(prefix, 8, 4, StandardCharsets.ISO_8859_1);
        String lower = brand.toLowerCase(Locale.ROOT);
        if (lower.equals("qt  ")) {
            return "video/quicktime";
        }
        if (lower.startsWith("hei") || lower.startsWith("mif") || lower.equals("avif")) {
            return "image/heif";
        }
        if (lower.startsWith("m4a") || lower.startsWith("m4b")) {
            return "audio/mp4";
        }
        boolean soundOnly = kind == MediaKind.AUDIO && !hasPictures(file);
        if (lower.startsWith("3g")) {
            return soundOnly ? "audio/3gpp" : "video/3gpp";
        }
        return soundOnly ? "audio/mp4" : "video/mp4";
    }

    /** Whether a track of the movie box is handled as video. */
    private static boolean hasPictures(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            long at = 0;
            ByteBuffer head = ByteBuffer.allocate(16);
            for (int boxes = 0; boxes < 1000 && at <= channel.size() - 8; boxes++) {
                head.clear();
                channel.read(head, at);
                head.flip();
                long size = head.getInt() & 0xFFFFFFFFL;
                byte[] name = new byte[4];
                head.get(name);
                if (size == 1 && head.remaining() >= 8) {
                    size = head.getLong();
                }
                if (new String(name, StandardCharsets.ISO_8859_1).equals("moov")) {
                    ByteBuffer box = ByteBuffer.allocate((int) Math.min(Math.max(size, 8), MOST_OF_MOOV));
                    channel.read(box, at);
                    return new String(box.array(), 0, box.position(), StandardCharsets.ISO_8859_1)
                            .matches("(?s).*hdlr.{8}vide.*");
                }
                if (size < 8 || size > channel.size()) {
                    return true;
                }
                at += size;
            }
            return true;
        }
    }

    /** One name for each type. */
    static String normal(String written) {
        String type = written.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return switch (type) {
            case "image/jpg", "image/pjpeg" -> "image/jpeg";
            case "audio/x-aac", "audio/aacp" -> "audio/aac";
            case "audio/mp3", "audio/x-mpeg" -> "audio/mpeg";
            case "audio/opus" -> "audio/ogg";
            case "audio/x-m4a", "audio/m4a" -> "audio/mp4";
            case "application/x-pdf" -> "application/pdf";
            case "" -> UNKNOWN;
            default -> type;
        };
    }

    private static byte[] prefix(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(PREFIX);
        }
    }

    private static boolean at(byte[] bytes, int from, String text) {
        if (bytes.length < from + text.length()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (bytes[from + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static boolean contains(byte[] bytes, String text, int within) {
        for (int i = 0; i < Math.min(within, bytes.length); i++) {
            if (at(bytes, i, text)) {
                return true;
            }
        }
        return false;
    }
}
