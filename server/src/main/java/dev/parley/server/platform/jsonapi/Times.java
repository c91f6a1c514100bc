package dev.parley.server.platform.jsonapi;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** Reads times as clients write them; {@link dev.parley.server.platform.json.Json#time} writes them. */
public final class Times {

    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999Z");

    private Times() {}

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
