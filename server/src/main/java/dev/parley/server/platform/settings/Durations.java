package dev.parley.server.platform.settings;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as they are written: {@code 500ms}, {@code 20s}, {@code 10m}, {@code 24h}, {@code 32d}. */
public final class Durations {

    private static final Pattern FORM = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");
    private static final Map<String, ChronoUnit> UNITS = new LinkedHashMap<>();

    static {
        UNITS.put("d", ChronoUnit.DAYS);
        UNITS.put("h", ChronoUnit.HOURS);
        UNITS.put("m", ChronoUnit.MINUTES);
        UNITS.put("s", ChronoUnit.SECONDS);
        UNITS.put("ms", ChronoUnit.MILLIS);
    }

    private Durations() {}

    /** Reads one number with one unit. */
    public static Duration parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("must be a duration such as 500ms, 20s, 10m, 24h or 32d");
        }
        ChronoUnit unit = UNITS.get(matcher.group(2));
        return Duration.of(Long.parseLong(matcher.group(1)), unit == null ? ChronoUnit.MILLIS : unit);
    }

    /** The shortest exact form, to the millisecond; a full day stays {@code 24h}, as people write it. */
    public static String format(Duration duration) {
        long millis = duration.toMillis();
        for (Map.Entry<String, ChronoUnit> unit : UNITS.entrySet()) {
            long size = unit.getValue().getDuration().toMillis();
            boolean singleDay = unit.getValue() == ChronoUnit.DAYS && millis == size;
            if (millis >= size && millis % size == 0 && !singleDay) {
                return millis / size + unit.getKey();
            }
        }
        return millis + "ms";
    }
}
