package dev.parley.server.platform.settings;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An amount of bytes, written {@code 512B}, {@code 64KiB}, {@code 140MiB} or {@code 1GiB}. At most 1 TiB. */
public record DataSize(long bytes) implements Comparable<DataSize> {

    private static final Pattern FORM = Pattern.compile("(\\d{1,12}) ?(B|KiB|MiB|GiB)");
    private static final long MAX = 1L << 40;
    static final String RULE = "must be a size such as 512B, 64KiB, 140MiB or 1GiB, at most 1024GiB";

    public DataSize {
        if (bytes < 0 || bytes > MAX) {
            throw new IllegalArgumentException(RULE);
        }
    }

    /** Reads the written form. */
    public static DataSize parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(RULE);
        }
        long number = Long.parseLong(matcher.group(1));
        long unit = unit(matcher.group(2));
        if (number > MAX / unit) {
            throw new IllegalArgumentException(RULE);
        }
        return new DataSize(number * unit);
    }

    private static long unit(String name) {
        return switch (name.charAt(0)) {
            case 'K' -> 1L << 10;
            case 'M' -> 1L << 20;
            case 'G' -> 1L << 30;
            default -> 1;
        };
    }

    @Override
    public int compareTo(DataSize other) {
        return Long.compare(bytes, other.bytes);
    }

    /** The shortest exact form. */
    @Override
    public String toString() {
        for (String name : new String[] {"GiB", "MiB", "KiB"}) {
            long unit = unit(name);
            if (bytes >= unit && bytes % unit == 0) {
                return bytes / unit + name;
            }
        }
        return bytes + "B";
    }
}
