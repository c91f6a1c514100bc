package dev.parley.server.accounts;

import dev.parley.connector.AccountSettings;
import dev.parley.connector.Connector;
import java.util.UUID;
import java.util.function.Function;

/** The secret by which a provider signs its callbacks to an account. */
final class CallbackSecrets {

    private CallbackSecrets() {}

    /** Whether the provider calls back at all: one that does has a secret to sign with. */
    static boolean callsBack(Connector connector) {
        String secret = connector.callbacks().secretSetting();
        return connector.settings().stream().anyMatch(spec -> spec.name().equals(secret));
    }

    /** The fingerprint of an account's secret; an account without one has a fingerprint that no other has. */
    static byte[] fingerprint(
            Function<String, byte[]> fingerprint,
            Connector connector,
            AccountSettings settings,
            UUID organization,
            UUID id) {
        String secret = settings.find(connector.callbacks().secretSetting());
        // No setting can hold NUL.
        return fingerprint.apply(secret == null ? "\0none " + organization + " " + id : secret);
    }
}
