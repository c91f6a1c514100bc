package dev.parley.server.platform.settings;

import java.util.List;
import java.util.Map;

/**
 * Where settings come from, strongest first.
 *
 * @param flags by setting name, not by flag name
 * @param strayArguments what stood on the command line and belongs to nothing; each is a mistake
 * @param environment the whole environment; what does not begin with {@code PARLEY_} is not looked at
 * @param commandDefaults by setting name: defaults of the command in place of the general ones
 */
public record SettingsInput(
        Map<String, String> flags,
        List<String> strayArguments,
        Map<String, String> environment,
        Map<String, String> commandDefaults) {

    /** The name that flags use for the settings file itself; in the environment {@code PARLEY_CONFIG}. */
    public static final String CONFIG = "config";

    public SettingsInput {
        flags = Map.copyOf(flags);
        strayArguments = List.copyOf(strayArguments);
        environment = Map.copyOf(environment);
        commandDefaults = Map.copyOf(commandDefaults);
    }

    /** Flags alone. */
    public static SettingsInput ofFlags(Map<String, String> flags) {
        return new SettingsInput(flags, List.of(), Map.of(), Map.of());
    }
}
