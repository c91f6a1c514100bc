package dev.parley.server.wiring;

import dev.parley.server.organizations.Made;
import dev.parley.server.organizations.OrganizationService;
import dev.parley.server.platform.actor.Actor;
import dev.parley.server.platform.metrics.Metrics;
import dev.parley.server.platform.secrets.Secret;
import dev.parley.server.platform.secrets.SecretKeys;
import dev.parley.server.platform.settings.Settings;
import java.security.SecureRandom;
import java.util.UUID;
import java.util.function.Function;

/** What an operator does from the command line while or before a server runs. */
public final class Operations {

    /** An organization just made; the token is shown this once. */
    public record CreatedOrganization(UUID id, String token) {
        @Override
        public String toString() {
            return id.toString();
        }
    }

    private Operations() {}

    /** Brings the database to this release's schema. */
    public static void migrate(Settings settings) {
        Storage.open(settings, step -> {}).close();
    }

    /**
     * Makes an organization with a token.
     *
     * @throws IllegalArgumentException when the name can't be one
     */
    public static CreatedOrganization createOrganization(Settings settings, String name) {
        // Before a database is started for it.
        OrganizationService.checkName(name);
        return with(settings, organizations -> {
            Made made = organizations.create(name);
            return new CreatedOrganization(made.id(), made.token());
        });
    }

    /** Replaces the partner token; the one before stops working within 5 seconds. */
    public static String rotatePartnerToken(Settings settings) {
        if (settings.partnerToken() != null) {
            throw new IllegalArgumentException(
                    "The partner token is given by a setting (partnerToken); change it there and restart.");
        }
        String token = "pp_" + SecretKeys.make(new SecureRandom());
        try (Storage storage = Storage.attach(settings, step -> {})) {
            storage.folder().replacePartnerToken(new Secret(token));
        }
        return with(settings, organizations -> {
            organizations.installPartnerToken(token);
            return token;
        });
    }

    /** Replaces an organization's token; the one before stops working within 5 seconds. */
    public static String rotateOrganizationToken(Settings settings, UUID organizationId) {
        return with(
                settings,
                organizations -> organizations
                        .refreshToken(organizationId)
                        .orElseThrow(() ->
                                new IllegalArgumentException("There is no organization " + organizationId + ".")));
    }

    private static <T> T with(Settings settings, Function<OrganizationService, T> work) {
        try (Storage storage = Storage.attach(settings, step -> {});
                Metrics metrics = Metrics.empty();
                Platform platform = Platform.of(settings, storage, metrics)) {
            OrganizationService organizations = new Api(platform).organizations();
            return Actor.COMMAND_LINE.doing(() -> work.apply(organizations));
        }
    }
}
