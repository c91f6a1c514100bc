package dev.parley.server.wiring;

import dev.parley.server.organizations.Made;
import dev.parley.server.organizations.OperatorTokens;
import dev.parley.server.organizations.OrganizationService;
import dev.parley.server.platform.actor.Actor;
import dev.parley.server.platform.http.Scope;
import dev.parley.server.platform.metrics.Metrics;
import dev.parley.server.platform.secrets.Secret;
import dev.parley.server.platform.secrets.SecretKeys;
import dev.parley.server.platform.settings.Settings;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

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

    /** An organization's tokens, the newest first. */
    public static List<OperatorTokens.Listed> tokens(Settings settings, UUID organization) {
        return withTokens(settings, tokens -> tokens.list(organization));
    }

    /**
     * Makes a token of an organization, which is shown this once.
     *
     * @throws IllegalArgumentException as {@link OperatorTokens#create}
     */
    public static OperatorTokens.Shown createToken(
            Settings settings, UUID organization, String name, Set<Scope> scopes, @Nullable Instant expiresAt) {
        return withTokens(settings, tokens -> tokens.create(organization, name, scopes, expiresAt));
    }

    /** Ends a token of an organization within 5 seconds. */
    public static void revokeToken(Settings settings, UUID organization, UUID id) {
        withTokens(settings, tokens -> {
            tokens.revoke(organization, id);
            return true;
        });
    }

    private static <T> T with(Settings settings, Function<OrganizationService, T> work) {
        return on(settings, platform -> work.apply(new Api(platform).organizations()));
    }

    private static <T> T withTokens(Settings settings, Function<OperatorTokens, T> work) {
        int most = settings.limits().tokensPerOrganization();
        return on(
                settings,
                platform ->
                        work.apply(new OperatorTokens(platform.database(), new Api(platform).organizations(), most)));
    }

    private static <T> T on(Settings settings, Function<Platform, T> work) {
        try (Storage storage = Storage.attach(settings, step -> {});
                Metrics metrics = Metrics.empty();
                Platform platform = Platform.of(settings, storage, metrics, InstantSource.system())) {
            return Actor.COMMAND_LINE.doing(() -> work.apply(platform));
        }
    }
}
