package dev.parley.server.platform.settings;

import dev.parley.server.platform.text.NearestName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Takes the settings out of the environment. */
final class EnvironmentReader {

    private static final String PREFIX = "PARLEY_";
    static final String CONFIG = SettingKey.environmentName(SettingsInput.CONFIG);
    /** Read by the launcher, not by the server. */
    private static final Set<String> LAUNCHER = Set.of("PARLEY_JAVA_HOME", "PARLEY_JAVA_OPTS", "PARLEY_AOT");

    private EnvironmentReader() {}

    /** By setting name; mistakes and notices are added to the lists. An empty value counts as not given. */
    static Map<String, Given> read(Map<String, String> environment, List<String> mistakes, List<String> notices) {
        Map<String, Given> given = new HashMap<>();
        List<String> ignored = new ArrayList<>();
        new TreeMap<>(environment).forEach((key, value) -> {
            if (!key.startsWith(PREFIX) || LAUNCHER.contains(key) || key.equals(CONFIG)) {
                return;
            }
            String name = SettingKeys.byEnvironmentName().get(key);
            if (KubernetesKeys.matches(key, value)) {
                ignored.add(key);
            } else if (name == null) {
                mistakes.add(key + " (environment): there is no such setting" + NearestName.hint(key, known()));
            } else if (!value.isBlank()) {
                given.put(name, new Given(key, value));
            }
        });
        if (!ignored.isEmpty()) {
            notices.add("Ignored, because Kubernetes makes them for a service: " + String.join(", ", ignored));
        }
        return given;
    }

    private static Collection<String> known() {
        return SettingKeys.byEnvironmentName().keySet();
    }
}
