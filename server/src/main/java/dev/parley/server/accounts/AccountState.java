package dev.parley.server.accounts;

import dev.parley.connector.AccountSettings;
import dev.parley.connector.Capabilities.InDoubt;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What of an account can change.
 *
 * @param statusReason a sentence for people; null while it is connected
 * @param settings secrets in clear
 */
record AccountState(
        String name,
        boolean isDefault,
        boolean connected,
        @Nullable String statusReason,
        int messagesPerSecond,
        InDoubt inDoubt,
        AccountSettings settings) {

    private static final String PAUSED_BY_REQUEST = "Paused through the API.";

    /** After what a caller asked for. A pause that the server made keeps its reason when it is written back. */
    AccountState with(AccountEdit edit) {
        boolean nowConnected = Objects.requireNonNullElse(edit.connected(), connected);
        String reason = nowConnected ? null : connected ? PAUSED_BY_REQUEST : statusReason;
        return new AccountState(
                Objects.requireNonNullElse(edit.name(), name),
                Objects.requireNonNullElse(edit.isDefault(), isDefault),
                nowConnected,
                reason,
                Objects.requireNonNullElse(edit.messagesPerSecond(), messagesPerSecond),
                Objects.requireNonNullElse(edit.inDoubt(), inDoubt),
                merged(edit));
    }

    /** Without being its channel's default. */
    AccountState withoutDefault() {
        return new AccountState(name, false, connected, statusReason, messagesPerSecond, inDoubt, settings);
    }

    /** Paused for that reason. */
    AccountState paused(String reason) {
        return new AccountState(name, isDefault, false, reason, messagesPerSecond, inDoubt, settings);
    }

    /** The attributes in which the other one differs. */
    List<String> differences(AccountState other) {
        List<String> fields = new ArrayList<>();
        add(fields, "name", name, other.name);
        add(fields, "isDefault", isDefault, other.isDefault);
        add(fields, "status", connected, other.connected);
        add(fields, "statusReason", statusReason, other.statusReason);
        add(fields, "messagesPerSecond", messagesPerSecond, other.messagesPerSecond);
        add(fields, "inDoubt", inDoubt, other.inDoubt);
        add(fields, "settings", settings, other.settings);
        return fields;
    }

    private AccountSettings merged(AccountEdit edit) {
        Map<String, String> values = new HashMap<>(settings.values());
        edit.settings().forEach((setting, value) -> {
            if (value.isPresent()) {
                values.put(setting, value.get());
            } else {
                values.remove(setting);
            }
        });
        return new AccountSettings(values);
    }

    private static void add(List<String> fields, String field, @Nullable Object one, @Nullable Object other) {
        if (!Objects.equals(one, other)) {
            fields.add(field);
        }
    }
}
