package dev.parley.server.platform.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The header fields of a request, in order; names compare without regard to case. Immutable. */
public final class Headers {

    private final String[] namesAndValues;

    private Headers(String[] namesAndValues) {
        this.namesAndValues = namesAndValues;
    }

    /** Header fields from names and values in turn. */
    public static Headers of(String... namesAndValues) {
        if (namesAndValues.length % 2 != 0) {
            throw new IllegalArgumentException("a name without a value");
        }
        return new Headers(namesAndValues.clone());
    }

    static Headers ofOwned(String[] namesAndValues) {
        return new Headers(namesAndValues);
    }

    /** The first value of that name, or null. */
    public @Nullable String first(String name) {
        for (int i = 0; i < namesAndValues.length; i += 2) {
            if (namesAndValues[i].equalsIgnoreCase(name)) {
                return namesAndValues[i + 1];
            }
        }
        return null;
    }

    /** Every value of that name, in order. */
    public List<String> all(String name) {
        List<String> values = new ArrayList<>(1);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            if (namesAndValues[i].equalsIgnoreCase(name)) {
                values.add(namesAndValues[i + 1]);
            }
        }
        return values;
    }

    /**
     * Whether {@code If-None-Match} names what the caller would get (RFC 9110 §13.1.2, weak comparison).
     *
     * @param tag with its quotes
     */
    public boolean hasTag(String tag) {
        String given = first("If-None-Match");
        if (given == null) {
            return false;
        }
        for (String one : given.split(",", -1)) {
            String bare = one.strip();
            if (bare.equals("*") || bare.equals(tag) || bare.equals("W/" + tag)) {
                return true;
            }
        }
        return false;
    }

    /** The first value of each name, names in lower case. */
    public Map<String, String> firstByName() {
        Map<String, String> first = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            first.putIfAbsent(namesAndValues[i].toLowerCase(Locale.ROOT), namesAndValues[i + 1]);
        }
        return first;
    }

    /** How many there are; their values may be secret. */
    @Override
    public String toString() {
        return namesAndValues.length / 2 + " headers";
    }
}
