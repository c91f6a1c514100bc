package dev.parley.connector;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One setting of a channel account.
 *
 * @param name as it stands in {@code settings}, camelCase
 * @param kind what its value must look like
 * @param required whether an account can't be without it
 * @param secret whether it is encrypted at rest and reads as {@code "***"}
 * @param defaultValue what is used when it is not given; null when nothing is
 * @param description one sentence for the documentation and for error texts
 * @param form what a text must look like beyond that; null for any text
 */
public record SettingSpec(
        String name,
        Kind kind,
        boolean required,
        boolean secret,
        @Nullable String defaultValue,
        String description,
        @Nullable Form form) {

    /** A setting without a form of its own. */
    public SettingSpec(
            String name,
            Kind kind,
            boolean required,
            boolean secret,
            @Nullable String defaultValue,
            String description) {
        this(name, kind, required, secret, defaultValue, description, null);
    }

    /** The same setting, whose text must have a form. */
    public SettingSpec in(Form itsForm) {
        return new SettingSpec(name, kind, required, secret, defaultValue, description, itsForm);
    }

    /**
     * A form of texts.
     *
     * @param pattern that the whole text matches
     * @param description what it looks like, so that "Write" can stand before it
     */
    public record Form(Pattern pattern, String description) {

        /** Whether the text has this form. */
        public boolean matches(String text) {
            return pattern.matcher(text).matches();
        }
    }

    /** What a value must look like. */
    public enum Kind {
        TEXT,
        /** An http or https address, checked by the outbound guard. */
        URL,
        INTEGER,
        BOOLEAN
    }
}
