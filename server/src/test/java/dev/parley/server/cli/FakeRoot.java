package dev.parley.server.cli;

import dev.parley.server.organizations.OperatorTokens;
import dev.parley.server.platform.http.Scope;
import dev.parley.server.platform.settings.Settings;
import dev.parley.server.wiring.Operations.CreatedOrganization;
import dev.parley.server.wiring.StartProgress;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Starts nothing, and notes what it was asked for. */
final class FakeRoot implements Root {

    static final UUID ORGANIZATION = UUID.fromString("01900000-0000-7000-8000-000000000001");
    static final UUID TEMPLATE = UUID.fromString("01919a1c-7b00-7000-8000-0000000000aa");

    final List<String> calls = new CopyOnWriteArrayList<>();
    volatile Settings settings = Settings.of(Map.of());

    @Nullable
    String newPartnerToken;

    @Nullable
    RuntimeException failure;

    @Nullable
    RuntimeException closeFailure;

    @Override
    public Running serve(Settings given, StartProgress progress) {
        return running("serve", given, progress, null);
    }

    @Override
    public Running demo(Settings given, StartProgress progress) {
        return running(
                "demo",
                given,
                progress,
                new Seeded(
                        URI.create("http://127.0.0.1:18090"),
                        ORGANIZATION,
                        "po_demo",
                        ORGANIZATION,
                        TEMPLATE,
                        "31612345678",
                        "100"));
    }

    private Running running(String call, Settings given, StartProgress progress, @Nullable Seeded seeded) {
        calls.add(call);
        settings = given;
        progress.step("pretending to start");
        if (failure != null) {
            throw failure;
        }
        return new Running(
                URI.create("http://127.0.0.1:18080"),
                URI.create("http://127.0.0.1:18081"),
                newPartnerToken,
                seeded,
                this::close);
    }

    private void close() {
        calls.add("close");
        if (closeFailure != null) {
            throw closeFailure;
        }
    }

    @Override
    public RunningSimulator simulator(String host, int port) {
        calls.add("simulator");
        return new RunningSimulator(URI.create("http://" + host + ":" + port), this::close);
    }

    @Override
    public List<OperatorTokens.Listed> tokens(Settings given, UUID organization) {
        calls.add("tokens " + organization);
        return List.of(new OperatorTokens.Listed(
                TEMPLATE, "reports", Set.of(Scope.READ, Scope.SEND), null, Instant.parse("2026-03-02T08:15:30Z")));
    }

    @Override
    public OperatorTokens.Shown createToken(
            Settings given, UUID organization, String name, Set<Scope> scopes, @Nullable Instant expiresAt) {
        calls.add("create token " + organization + " " + name + " "
                + scopes.stream().sorted().toList() + " " + expiresAt);
        return new OperatorTokens.Shown(TEMPLATE, "po_named");
    }

    @Override
    public void revokeToken(Settings given, UUID organization, UUID id) {
        calls.add("revoke " + organization + " " + id);
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public void migrate(Settings given) {
        calls.add("migrate");
    }

    @Override
    public CreatedOrganization createOrganization(Settings given, String name) {
        calls.add("create " + name);
        return new CreatedOrganization(ORGANIZATION, "po_made");
    }

    @Override
    public String rotatePartnerToken(Settings given) {
        calls.add("rotate partner");
        return "pp_rotated";
    }

    @Override
    public String rotateOrganizationToken(Settings given, UUID organizationId) {
        calls.add("rotate " + organizationId);
        return "po_rotated";
    }
}
