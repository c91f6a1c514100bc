package dev.parley.server.platform.jsonapi;

import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** UUIDs on the wire. */
public final class Uuids {

    private static final Pattern UUID_TEXT =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    private Uuids() {}

    /** The UUID that a text spells in full, in either case; null when it spells none. */
    public static @Nullable UUID parse(String text) {
        return text.length() == 36 && UUID_TEXT.matcher(text).matches() ? UUID.fromString(text) : null;
    }
}
