package dev.parley.connectors.support;

import org.jspecify.annotations.Nullable;

/** Texts of strangers. */
public final class Texts {

    private static final int MAX_ID = 512;
    private static final char REPLACEMENT = '\uFFFD';

    private Texts() {}

    /** The text with each NUL and each half of a surrogate pair replaced, as no database keeps these. */
    public static String storable(String text) {
        StringBuilder kept = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                kept.append(c).append(text.charAt(++i));
            } else {
                kept.append(c == 0 || Character.isSurrogate(c) ? REPLACEMENT : c);
            }
        }
        return kept.toString();
    }

    /** The text itself when it can be an id: 1 to 512 visible ASCII characters; else null. */
    public static @Nullable String id(@Nullable String text) {
        return text != null && text.length() <= MAX_ID && isVisible(text) ? text : null;
    }

    /** Whether it is at least one character, and all are visible ASCII: fit for a header. */
    public static boolean isVisible(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c > ' ' && c < 0x7f);
    }

    /** At most so many characters of it, storable. */
    public static String cut(String text, int most) {
        return storable(text.length() <= most ? text : text.substring(0, most));
    }
}
