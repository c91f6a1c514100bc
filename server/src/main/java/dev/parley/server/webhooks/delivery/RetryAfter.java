package dev.parley.server.webhooks.delivery;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The header {@code Retry-After}: seconds or a date (RFC 9110, section 10.2.3). */
final class RetryAfter {

    /** What is longer is taken for this. */
    static final Duration LONGEST = Duration.ofHours(24);

    private static final int MOST_DIGITS = 9;

    private RetryAfter() {}

    /** How long it says to wait; null when it is missing, is neither, or lies in the past. */
    static @Nullable Duration read(@Nullable String header, Instant now) {
        if (header == null) {
            return null;
        }
        Duration wait = header.matches("[0-9]{1," + MOST_DIGITS + "}")
                ? Duration.ofSeconds(Long.parseLong(header))
                : untilDate(header, now);
        if (wait == null || !wait.isPositive()) {
            return null;
        }
        return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
    }

    private static @Nullable Duration untilDate(String header, Instant now) {
        try {
            DateTimeFormatter format = DateTimeFormatter.RFC_1123_DATE_TIME.withLocale(Locale.ROOT);
            return Duration.between(now, ZonedDateTime.parse(header, format).toInstant());
        } catch (DateTimeException e) {
            return null;
        }
    }
}
