package dev.parley.server.platform.jsonapi;

import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** UUIDs on the wire. */
public final class Uuids {

    private static final int LENGTH = 36;

    private Uuids() {}

    /** The UUID that a text spells in full, in either case; null when it spells none. */
    public static @Nullable UUID parse(String text) {
        return spelledInFull(text) ? UUID.fromString(text) : null;
    }

    /** {@link UUID#fromString} takes shorter groups too. */
    private static boolean spelledInFull(String text) {
        if (text.length() != LENGTH) {
            return false;
        }
        for (int i = 0; i < LENGTH; i++) {
            char c = text.charAt(i);
            boolean fits = (i == 8 || i == 13 || i == 18 || i == 23) ? c == '-' : HexFormat.isHexDigit(c);
            if (!fits) {
                return false;
            }
        }
        return true;
    }
}
