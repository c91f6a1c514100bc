package dev.parley.server.media;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The header {@code Content-Disposition} (RFC 6266): what a browser may show, and what the file is called. */
final class Disposition {

    private static final String PLAIN = "!#$&+-.^_`|~";

    /** What browsers show and never run. */
    private static final Set<String> SHOWN = Set.of(
            "image/jpeg",
            "image/png",
            "image/gif",
            "image/webp",
            "video/mp4",
            "video/3gpp",
            "video/webm",
            "audio/aac",
            "audio/amr",
            "audio/mpeg",
            "audio/mp4",
            "audio/ogg");

    private Disposition() {}

    static String of(String mimeType, @Nullable String name) {
        String way = SHOWN.contains(mimeType) ? "inline" : "attachment";
        if (name == null) {
            return way;
        }
        StringBuilder ascii = new StringBuilder();
        name.chars()
                .forEach(c -> ascii.append(c >= ' ' && c < 0x7f && c != '"' && c != '\\' && c != '%' ? (char) c : '_'));
        String header = way + "; filename=\"" + ascii + "\"";
        return ascii.toString().equals(name) ? header : header + "; filename*=UTF-8''" + encoded(name);
    }

    /** RFC 8187. */
    private static String encoded(String name) {
        StringBuilder out = new StringBuilder();
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            boolean plain =
                    (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || PLAIN.indexOf(c) >= 0;
            if (plain) {
                out.append(c);
            } else {
                out.append('%').append(String.format("%02X", (int) c));
            }
        }
        return out.toString();
    }
}
