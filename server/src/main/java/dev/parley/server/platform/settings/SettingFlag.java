package dev.parley.server.platform.settings;

/**
 * A flag of the command line that sets something.
 *
 * @param settingName what it sets, as {@link SettingsInput#flags} wants it
 * @param isFile whether its value names a file that holds the setting's value
 */
public record SettingFlag(String flagName, String settingName, SettingKey<?> key, boolean isFile) {}
