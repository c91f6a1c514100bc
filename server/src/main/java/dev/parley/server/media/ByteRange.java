package dev.parley.server.media;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What part of a file a {@code Range} asks for (RFC 9110 §14). Several parts at once are not served: then all is. */
sealed interface ByteRange {

    /** All of it. */
    record All() implements ByteRange {}

    /** A part of at least one byte. */
    record Part(long from, long length) implements ByteRange {}

    /** Nothing of it lies there. */
    record Outside() implements ByteRange {}

    /** The one part that is understood. */
    Pattern ONE = Pattern.compile("bytes=\\s*(\\d{0,18})-(\\d{0,18})\\s*");

    /** Reads a header; null for none. */
    static ByteRange of(@Nullable String header, long size) {
        Matcher one = ONE.matcher(header == null ? "" : header);
        if (!one.matches() || (one.group(1).isEmpty() && one.group(2).isEmpty())) {
            return new All();
        }
        if (one.group(1).isEmpty()) {
            long last = Math.min(size, Long.parseLong(one.group(2)));
            return last == 0 ? new Outside() : new Part(size - last, last);
        }
        long from = Long.parseLong(one.group(1));
        long to = one.group(2).isEmpty() ? size - 1 : Math.min(size - 1, Long.parseLong(one.group(2)));
        if (!one.group(2).isEmpty() && Long.parseLong(one.group(2)) < from) {
            return new All();
        }
        return from >= size ? new Outside() : new Part(from, to - from + 1);
    }
}
