package dev.parley.testkit.connector;

import dev.parley.connector.SettingSpec;
import java.util.Objects;

/** The values of an account that must never show up in a text. */
final class Secrets {

    private Secrets() {}

    static String[] of(ConnectorSample sample) {
        return sample.connector().settings().stream()
                .filter(SettingSpec::secret)
                .map(setting -> sample.account().find(setting.name()))
                .filter(Objects::nonNull)
                .toArray(String[]::new);
    }
}
