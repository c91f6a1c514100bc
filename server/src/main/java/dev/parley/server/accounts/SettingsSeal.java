package dev.parley.server.accounts;

import dev.parley.connector.AccountSettings;
import dev.parley.connector.Connector;
import dev.parley.connector.SettingSpec;
import dev.parley.server.platform.json.Json;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/** The two columns that settings are stored in: plain ones as JSON, secret ones as one sealed JSON object. */
final class SettingsSeal {

    private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};

    private SettingsSeal() {}

    /** The columns' values. */
    record Sealed(String settings, byte[] secrets) {}

    /** Splits; what the connector does not call plain is taken for a secret. */
    static Sealed seal(AccountSettings settings, @Nullable Connector connector, Function<String, byte[]> sealer) {
        Map<String, String> secret = new TreeMap<>(settings.values());
        Map<String, String> plain = new TreeMap<>();
        if (connector != null) {
            for (SettingSpec spec : connector.settings()) {
                String value = spec.secret() ? null : secret.remove(spec.name());
                if (value != null) {
                    plain.put(spec.name(), value);
                }
            }
        }
        return new Sealed(Json.text(plain), sealer.apply(Json.text(secret)));
    }

    /** Both together, in clear. */
    static AccountSettings open(String settings, byte[] secrets, Function<byte[], String> opener) {
        Map<String, String> values = new HashMap<>(Json.MAPPER.readValue(settings, TEXTS));
        values.putAll(Json.MAPPER.readValue(opener.apply(secrets), TEXTS));
        return new AccountSettings(values);
    }
}
