package dev.parley.server.platform.settings;

import java.util.List;
import java.util.Map;

/** Shorthands for tests. */
final class Loading {

    static final String KEY = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";

    private Loading() {}

    static SettingsResult.Loaded loaded(Map<String, String> flags, Map<String, String> environment) {
        return switch (load(flags, environment)) {
            case SettingsResult.Loaded loaded -> loaded;
            case SettingsResult.Refused refused -> throw new AssertionError(refused.mistakes());
        };
    }

    static List<String> mistakes(Map<String, String> flags, Map<String, String> environment) {
        return switch (load(flags, environment)) {
            case SettingsResult.Loaded loaded -> throw new AssertionError("nothing was refused");
            case SettingsResult.Refused refused -> refused.mistakes();
        };
    }

    private static SettingsResult load(Map<String, String> flags, Map<String, String> environment) {
        return SettingsLoader.load(new SettingsInput(flags, List.of(), environment, Map.of()));
    }
}
