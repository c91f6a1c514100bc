package dev.parley.server.platform.settings;

import java.util.List;

/** Settings that belong together, for the documentation. */
public record SettingSection(String title, List<SettingKey<?>> keys) {

    public SettingSection {
        keys = List.copyOf(keys);
    }
}
