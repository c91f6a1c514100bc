package dev.parley.server.platform.settings;

import java.util.List;

/** What came of reading the settings. */
public sealed interface SettingsResult {

    /**
     * All is well.
     *
     * @param effective every setting with its value and where it came from, secrets hidden
     * @param notices what the operator should know, such as ignored keys
     */
    record Loaded(Settings settings, List<EffectiveSetting> effective, List<String> notices)
            implements SettingsResult {}

    /** The server must not start: every mistake, each a line that says what to do. */
    record Refused(List<String> mistakes) implements SettingsResult {}
}
