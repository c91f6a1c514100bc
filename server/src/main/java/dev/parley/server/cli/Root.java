package dev.parley.server.cli;

import dev.parley.server.organizations.OperatorTokens;
import dev.parley.server.platform.http.Scope;
import dev.parley.server.platform.settings.Settings;
import dev.parley.server.wiring.Operations.CreatedOrganization;
import dev.parley.server.wiring.StartProgress;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the commands need of the composition root; apart from it, so that commands can be tested without a database. */
interface Root {

    /** A server that runs until it is closed. */
    record Running(
            URI url,
            URI managementUrl,
            @Nullable String newPartnerToken,
            @Nullable Seeded seeded,
            Closer closer) {}

    /** What a demo has beyond a server. */
    record Seeded(
            URI simulatorUrl,
            UUID organizationId,
            String organizationToken,
            UUID messageThreadId,
            UUID messageTemplateId,
            String candidatePhone,
            String phoneNumberId) {}

    /** Stops gracefully, waiting for what is under way. */
    interface Closer {
        void close();
    }

    /** A simulator that runs until it is closed. */
    record RunningSimulator(URI url, Closer closer) {}

    Running serve(Settings settings, StartProgress progress);

    Running demo(Settings settings, StartProgress progress);

    RunningSimulator simulator(String host, int port);

    void migrate(Settings settings);

    CreatedOrganization createOrganization(Settings settings, String name);

    String rotatePartnerToken(Settings settings);

    String rotateOrganizationToken(Settings settings, UUID organizationId);

    List<OperatorTokens.Listed> tokens(Settings settings, UUID organization);

    OperatorTokens.Shown createToken(
            Settings settings, UUID organization, String name, Set<Scope> scopes, @Nullable Instant expiresAt);

    void revokeToken(Settings settings, UUID organization, UUID id);
}
