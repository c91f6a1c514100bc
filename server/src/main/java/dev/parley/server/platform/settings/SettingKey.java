package dev.parley.server.platform.settings;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One setting.
 *
 * @param name as in a settings file: {@code doubt.wait}
 * @param defaultText its default as one would write it, or null when it has none
 * @param meaning a sentence or two for the operator
 */
public record SettingKey<T>(
        String name, ValueType<T> type, @Nullable String defaultText, Secrecy secrecy, String meaning) {

    /** A plain setting with a default. */
    static <T> SettingKey<T> setting(String name, ValueType<T> type, String defaultText, String meaning) {
        return new SettingKey<>(name, type, defaultText, Secrecy.PLAIN, meaning);
    }

    /** A plain setting that may be left out. */
    static <T> SettingKey<T> optionalSetting(String name, ValueType<T> type, String meaning) {
        return new SettingKey<>(name, type, null, Secrecy.PLAIN, meaning);
    }

    /** In the environment: {@code PARLEY_DOUBT_WAIT}. */
    public String environmentName() {
        return environmentName(name);
    }

    /** On the command line: {@code --doubt-wait}. */
    public String flagName() {
        return flagName(name);
    }

    /** The name under which a file holding the value is given, or null when it cannot be. */
    public @Nullable String fileVariant() {
        return secrecy == Secrecy.PLAIN ? null : name + "File";
    }

    static String environmentName(String name) {
        return "PARLEY_" + words(name, "_").toUpperCase(Locale.ROOT);
    }

    static String flagName(String name) {
        return "--" + words(name, "-").toLowerCase(Locale.ROOT);
    }

    private static String words(String name, String between) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1" + between + "$2").replace(".", between);
    }
}
