package dev.parley.server.platform.settings;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The parsed value of each setting, by key. A key whose text was wrong is {@link #bad}; reading it then fails. */
final class SettingValues {

    private final Map<SettingKey<?>, Object> values = new HashMap<>();
    private final Map<SettingKey<?>, String> origins = new HashMap<>();
    private final List<SettingKey<?>> bad = new ArrayList<>();

    <T> void put(SettingKey<T> key, T value, String origin) {
        values.put(key, value);
        origins.put(key, origin);
    }

    void putBad(SettingKey<?> key) {
        bad.add(key);
    }

    boolean bad(SettingKey<?> key) {
        return bad.contains(key);
    }

    /** The value of a setting that may have none. */
    @SuppressWarnings("unchecked") // put() ties the value's type to the key's
    <T> @Nullable T find(SettingKey<T> key) {
        return (T) values.get(key);
    }

    /** The value of a setting that has a default. */
    <T> T get(SettingKey<T> key) {
        T value = find(key);
        if (value == null) {
            throw new IllegalStateException("the setting " + key.name() + " has neither value nor default");
        }
        return value;
    }

    /** How to call the setting where it was given: the flag, the environment's key, or its name. */
    String origin(SettingKey<?> key) {
        String origin = origins.get(key);
        return origin == null || origin.equals(SettingsLoader.DEFAULT) ? key.name() : origin;
    }

    <T> EffectiveSetting effective(SettingKey<T> key) {
        T value = find(key);
        String origin = origins.getOrDefault(key, SettingsLoader.DEFAULT);
        return new EffectiveSetting(
                key.name(), value == null ? null : key.type().shower().apply(value), origin);
    }
}
