package dev.parley.server.platform.jsonapi;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** Times on the wire: ISO 8601 with seconds and a numeric offset, {@code 2024-05-07T14:20:46+00:00}. */
public final class Times {

    private static final DateTimeFormatter OUT = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxxx");
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999Z");

    private Times() {}

    /** The one form that answers have; fractions are cut off. */
    public static String format(Instant time) {
        return OUT.format(time.atOffset(ZoneOffset.UTC));
    }

    /** The same for a time that may not be there. */
    public static @Nullable String formatOrNull(@Nullable Instant time) {
        return time == null ? null : format(time);
    }

    /** Reads a time with any offset, {@code Z} and fractions too; null when it is none of the years 1 to 9999. */
    public static @Nullable Instant parse(String text) {
        try {
            Instant time = OffsetDateTime.parse(text).toInstant();
            return time.isBefore(FIRST) || time.isAfter(LAST) ? null : time;
        } catch (DateTimeException notATime) {
            return null;
        }
    }
}
