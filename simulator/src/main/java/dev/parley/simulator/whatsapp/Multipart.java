package dev.parley.simulator.whatsapp;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code multipart/form-data} (RFC 7578) that is held whole. */
final class Multipart {

    private static final Pattern BOUNDARY =
            Pattern.compile("(?i)multipart/form-data;.*boundary=\"?([^\";]{1,70})\"?.*");
    private static final Pattern NAME = Pattern.compile("(?i)[; ]name=\"([^\"]*)\"");
    private static final Pattern FILENAME = Pattern.compile("(?i)[; ]filename=\"([^\"]*)\"");

    /** One part. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared, never changed.
    record Part(@Nullable String filename, @Nullable String contentType, byte[] bytes) {

        String text() {
            return new String(bytes, StandardCharsets.UTF_8);
        }

        /** Nothing of it. */
        @Override
        public String toString() {
            return "Part";
        }
    }

    private Multipart() {}

    /** The parts by name; null when it is no form. */
    static @Nullable Map<String, Part> read(@Nullable String contentType, byte[] body) {
        Matcher type = BOUNDARY.matcher(contentType == null ? "" : contentType);
        if (!type.matches()) {
            return null;
        }
        byte[] mark = ("--" + type.group(1)).getBytes(StandardCharsets.ISO_8859_1);
        Map<String, Part> parts = new HashMap<>();
        int at = indexOf(body, mark, 0);
        while (at >= 0) {
            int start = at + mark.length + 2;
            int next = indexOf(body, mark, start);
            if (next < 0 || start > body.length) {
                return parts;
            }
            add(parts, body, start, next - 2);
            at = next;
        }
        return parts;
    }

    private static void add(Map<String, Part> parts, byte[] body, int start, int end) {
        int blank = indexOf(body, "\r\n\r\n".getBytes(StandardCharsets.US_ASCII), start);
        if (blank < 0 || blank + 4 > end) {
            return;
        }
        String head = new String(body, start, blank - start, StandardCharsets.UTF_8);
        String disposition = "";
        String type = null;
        for (String line : head.split("\r\n", -1)) {
            String lower = line.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-disposition:")) {
                disposition = line;
            } else if (lower.startsWith("content-type:")) {
                type = line.substring("content-type:".length()).strip();
            }
        }
        Matcher name = NAME.matcher(disposition);
        if (name.find()) {
            Matcher filename = FILENAME.matcher(disposition);
            byte[] bytes = Arrays.copyOfRange(body, blank + 4, end);
            parts.put(name.group(1), new Part(filename.find() ? filename.group(1) : null, type, bytes));
        }
    }

    private static int indexOf(byte[] in, byte[] what, int from) {
        outer:
        for (int i = from; i <= in.length - what.length; i++) {
            for (int j = 0; j < what.length; j++) {
                if (in[i + j] != what[j]) {
                    continue outer;
                }
            }
            return i;
        }
        return -1;
    }
}
