package dev.parley.server.accounts;

import dev.parley.connector.Capabilities.InDoubt;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a caller asks for; null leaves it as it is.
 *
 * @param settings by name those that are given, checked; empty to remove one
 */
record AccountEdit(
        @Nullable String name,
        @Nullable Boolean isDefault,
        @Nullable Boolean connected,
        @Nullable Integer messagesPerSecond,
        @Nullable InDoubt inDoubt,
        Map<String, Optional<String>> settings) {

    @Override
    public String toString() {
        return "AccountEdit" + settings.keySet();
    }
}
