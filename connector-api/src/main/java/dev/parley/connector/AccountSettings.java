package dev.parley.connector;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The settings of one channel account, secrets in clear. Lives only as long as the call it is made for; its text form
 * holds no value.
 *
 * @param values by the name of the {@link SettingSpec}; all texts
 */
public record AccountSettings(Map<String, String> values) {

    public AccountSettings {
        values = Map.copyOf(values);
    }

    /** The value of a setting that every account of this provider has. */
    public String require(String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalStateException("the account has no setting " + name);
        }
        return value;
    }

    /** The value, or null when the account has none. */
    public @Nullable String find(String name) {
        return values.get(name);
    }

    @Override
    public String toString() {
        return "AccountSettings" + values.keySet();
    }
}
