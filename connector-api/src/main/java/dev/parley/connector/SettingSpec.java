package dev.parley.connector;

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
 */
public record SettingSpec(
        String name,
        Kind kind,
        boolean required,
        boolean secret,
        @Nullable String defaultValue,
        String description) {

    /** What a value must look like. */
    public enum Kind {
        TEXT,
        /** An http or https address, checked by the outbound guard. */
        URL,
        INTEGER,
        BOOLEAN
    }
}
