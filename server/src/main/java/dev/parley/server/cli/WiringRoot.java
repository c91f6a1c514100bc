package dev.parley.server.cli;

import dev.parley.server.organizations.OperatorTokens;
import dev.parley.server.platform.http.Scope;
import dev.parley.server.platform.settings.Settings;
import dev.parley.server.wiring.Demo;
import dev.parley.server.wiring.Operations;
import dev.parley.server.wiring.Operations.CreatedOrganization;
import dev.parley.server.wiring.ParleyServer;
import dev.parley.server.wiring.SimulatorServer;
import dev.parley.server.wiring.StartProgress;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The composition root itself. */
final class WiringRoot implements Root {

    @Override
    public Running serve(Settings settings, StartProgress progress) {
        ParleyServer server = ParleyServer.start(settings, progress);
        return new Running(server.url(), server.managementUrl(), server.newPartnerToken(), null, server::close);
    }

    @Override
    public Running demo(Settings settings, StartProgress progress) {
        Demo demo = Demo.start(settings, progress);
        Seeded seeded = new Seeded(
                demo.simulatorUrl(),
                demo.organizationId(),
                demo.organizationToken(),
                demo.messageThreadId(),
                demo.messageTemplateId(),
                demo.candidatePhone(),
                demo.phoneNumberId());
        ParleyServer server = demo.server();
        return new Running(server.url(), server.managementUrl(), server.newPartnerToken(), seeded, demo::close);
    }

    @Override
    public RunningSimulator simulator(String host, int port) {
        SimulatorServer simulator = SimulatorServer.start(host, port);
        return new RunningSimulator(simulator.url(), simulator::close);
    }

    @Override
    public void migrate(Settings settings) {
        Operations.migrate(settings);
    }

    @Override
    public CreatedOrganization createOrganization(Settings settings, String name) {
        return Operations.createOrganization(settings, name);
    }

    @Override
    public String rotatePartnerToken(Settings settings) {
        return Operations.rotatePartnerToken(settings);
    }

    @Override
    public String rotateOrganizationToken(Settings settings, UUID organizationId) {
        return Operations.rotateOrganizationToken(settings, organizationId);
    }

    @Override
    public List<OperatorTokens.Listed> tokens(Settings settings, UUID organization) {
        return Operations.tokens(settings, organization);
    }

    @Override
    public OperatorTokens.Shown createToken(
            Settings settings, UUID organization, String name, Set<Scope> scopes, @Nullable Instant expiresAt) {
        return Operations.createToken(settings, organization, name, scopes, expiresAt);
    }

    @Override
    public void revokeToken(Settings settings, UUID organization, UUID id) {
        Operations.revokeToken(settings, organization, id);
    }
}
