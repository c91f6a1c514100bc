package dev.parley.server.platform.jsonapi;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How a filter compares. */
public enum Operator {
    /** Equal, minding case. */
    EQ,
    /** Equal, not minding case. */
    EQL,
    PREFIX,
    SUFFIX,
    GT,
    GTE,
    LT,
    LTE,
    NE,
    /** One of several, separated by commas. */
    IN,
    /** Without ({@code true}) or with ({@code false}) a value. */
    NULL;

    /** As clients write it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static @Nullable Operator of(String text) {
        for (Operator operator : values()) {
            if (operator.text().equals(text)) {
                return operator;
            }
        }
        return null;
    }
}
