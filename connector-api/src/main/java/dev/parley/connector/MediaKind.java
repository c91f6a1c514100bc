package dev.parley.connector;

import java.util.Locale;

/** What a file is sent as. */
public enum MediaKind {
    IMAGE,
    VIDEO,
    AUDIO,
    DOCUMENT,
    /** Only from candidates so far. */
    STICKER;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** Its word in payloads, for example {@code image}. */
    public String word() {
        return word;
    }
}
