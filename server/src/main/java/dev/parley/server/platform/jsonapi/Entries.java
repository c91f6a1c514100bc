package dev.parley.server.platform.jsonapi;

import org.jspecify.annotations.Nullable;

/** Filters by one entry of an object of strings: {@code filter[metadata.key]}. */
final class Entries {

    private static final int LONGEST_KEY = 64;

    private Entries() {}

    /**
     * What a criterion on one entry compares with.
     *
     * @param value a String, or a Boolean for {@link Operator#NULL}
     */
    record Entry(String key, Object value) {}

    /** The filter that a field names, be it by itself or by an entry of it; null when there is none. */
    static @Nullable Filter filter(ResourceType type, String field) {
        int dot = field.indexOf('.');
        if (dot < 0) {
            return type.filters().get(field);
        }
        Filter filter = type.filters().get(field.substring(0, dot));
        return filter != null && filter.kind() instanceof Kind.Strings ? filter : null;
    }

    /** What is wrong with how an entry is named; null when nothing is, or when the filter has no entries. */
    static @Nullable String problem(Filter filter, String field) {
        if (!(filter.kind() instanceof Kind.Strings)) {
            return null;
        }
        String key = key(filter, field);
        if (key.isEmpty()) {
            return "Name the entry: write filter[" + filter.field() + ".key]=value.";
        }
        return key.codePointCount(0, key.length()) > LONGEST_KEY
                ? "Keys of " + filter.field() + " have at most " + LONGEST_KEY + " characters."
                : null;
    }

    /** The value as a criterion on this field has it. */
    static Object of(Filter filter, String field, Object value) {
        return filter.kind() instanceof Kind.Strings ? new Entry(key(filter, field), value) : value;
    }

    private static String key(Filter filter, String field) {
        int start = filter.field().length() + 1;
        return field.length() > start ? field.substring(start) : "";
    }
}
