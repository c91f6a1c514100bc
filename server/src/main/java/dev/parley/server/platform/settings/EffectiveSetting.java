package dev.parley.server.platform.settings;

import org.jspecify.annotations.Nullable;

/**
 * One setting as it is in force.
 *
 * @param shown its value, safe to print; null when it has none
 * @param origin where it was given: the flag, the key in the environment or the file; {@code default} else
 */
public record EffectiveSetting(String name, @Nullable String shown, String origin) {}
