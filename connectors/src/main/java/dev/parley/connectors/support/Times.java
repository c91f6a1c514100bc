package dev.parley.connectors.support;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Times as providers write them. A time outside of 2009 to 2099 is taken for a mistake. */
public final class Times {

    private static final long FIRST = Instant.parse("2009-01-01T00:00:00Z").getEpochSecond();
    private static final long LAST = Instant.parse("2100-01-01T00:00:00Z").getEpochSecond();
    private static final int MAX_DIGITS = 12;

    private Times() {}

    /** A member with seconds since 1970, as a number or as its digits; null when it is no such time. */
    public static @Nullable Instant unix(JsonNode node, String name) {
        String text = Json.text(node, name);
        if (text == null || text.length() > MAX_DIGITS || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return null;
        }
        return sane(Instant.ofEpochSecond(Long.parseLong(text)));
    }

    /** As {@link #unix}, or a text in ISO 8601 with an offset. */
    public static @Nullable Instant unixOrIso(JsonNode node, String name) {
        Instant unix = unix(node, name);
        String text = Json.text(node, name);
        if (unix != null || text == null) {
            return unix;
        }
        try {
            return sane(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    private static @Nullable Instant sane(Instant at) {
        long second = at.getEpochSecond();
        return second >= FIRST && second < LAST ? at : null;
    }
}
