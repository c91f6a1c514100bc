package dev.parley.server.platform.settings;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The one list of settings: names, types, units, defaults and meanings. */
public final class SettingKeys {

    private static final List<SettingSection> SECTIONS = Stream.of(
                    ServerKeys.SECTIONS,
                    MessagingKeys.SECTIONS,
                    LoadKeys.SECTIONS,
                    WebhookKeys.SECTIONS,
                    MediaKeys.SECTIONS,
                    StreamKeys.SECTIONS)
            .flatMap(List::stream)
            .toList();
    private static final List<SettingKey<?>> ALL = SECTIONS.stream()
            .<SettingKey<?>>flatMap(section -> section.keys().stream())
            .toList();
    private static final List<String> NAMES =
            ALL.stream().flatMap(SettingKeys::names).toList();
    private static final Map<String, String> BY_ENVIRONMENT_NAME =
            NAMES.stream().collect(Collectors.toMap(SettingKey::environmentName, Function.identity()));

    private SettingKeys() {}

    /** By section, in the order of the documentation. */
    public static List<SettingSection> sections() {
        return SECTIONS;
    }

    /** Every setting. */
    public static List<SettingKey<?>> all() {
        return ALL;
    }

    /** What may stand in a file: every key, and {@code …File} for those that may be read from a file. */
    static List<String> names() {
        return NAMES;
    }

    /** The names above by their environment form. */
    static Map<String, String> byEnvironmentName() {
        return BY_ENVIRONMENT_NAME;
    }

    /** Every flag: one per setting that is no secret, and {@code --…-file} for those that may be read from a file. */
    public static List<SettingFlag> flags() {
        return ALL.stream().flatMap(SettingKeys::flags).toList();
    }

    private static Stream<SettingFlag> flags(SettingKey<?> key) {
        return names(key)
                .map(name -> new SettingFlag(SettingKey.flagName(name), name, key, !name.equals(key.name())))
                .filter(flag -> flag.isFile() || key.secrecy() != Secrecy.SECRET);
    }

    private static Stream<String> names(SettingKey<?> key) {
        String fileVariant = key.fileVariant();
        return fileVariant == null ? Stream.of(key.name()) : Stream.of(key.name(), fileVariant);
    }
}
