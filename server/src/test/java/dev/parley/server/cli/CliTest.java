package dev.parley.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.server.platform.settings.Settings;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CliTest {

    private final FakeRoot root = new FakeRoot();
    private final CapturedRun cli = new CapturedRun(root);

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "demo",
                "serve",
                "simulator",
                "migrate",
                "config",
                "organization",
                "organization create",
                "token",
                "token list",
                "token create",
                "token revoke",
                "token rotate",
                "version"
            })
    void everyCommandHasHelpOnStandardOutput(String command) {
        int status = cli.run((command + " --help").strip().split(" "));
        assertThat(status).isZero();
        assertThat(cli.out()).contains("Usage: parley " + command).contains("--help");
        assertThat(cli.err()).isEmpty();
    }

    @Test
    void helpShowsDefaultsOfTheCommandAndNoSecretFlag() {
        cli.run("demo", "--help");
        assertThat(cli.out()).contains("--port").contains("demo-data").contains("--secret-key-file");
        assertThat(cli.out()).doesNotContain("--secret-key=").doesNotContain("--partner-token=");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "organization",
                "token",
                "organization create",
                "serve --port",
                "version x",
                "simulator --port=70000",
                "serve --port=x",
                "serve --prot=1",
                "organization create  ",
                "token rotate --organization=x",
                "token list",
                "token list x",
                "token create 01900000-0000-7000-8000-000000000001 n",
                "token create 01900000-0000-7000-8000-000000000001 n --scopes read,write",
                "token create 01900000-0000-7000-8000-000000000001 n --scopes read --expires tomorrow",
                "token create 01900000-0000-7000-8000-000000000001 n --scopes read --expires 2001-01-01T00:00:00+00:00",
                "token revoke 01900000-0000-7000-8000-000000000001"
            })
    void wrongUseIsStatus2AndSpeaksOnStandardError(String line) {
        assertThat(cli.run(line.isEmpty() ? new String[0] : line.split(" ", -1)))
                .isEqualTo(2);
        assertThat(cli.err()).isNotBlank();
        assertThat(cli.out()).isEmpty();
        assertThat(root.calls).isEmpty();
    }

    @Test
    void mistakesOfFlagsEnvironmentAndFileComeTogether() throws Exception {
        Path file = Files.writeString(folder.resolve("parley.yaml"), "prot: 1\n");
        int status = cli.with(Map.of("PARLEY_DOUBT_WIAT", "1m"))
                .run("serve", "--prot", "80", "--config", file.toString(), "--doubt-wait", "ten");
        assertThat(status).isEqualTo(2);
        assertThat(cli.err())
                .contains("--prot: there is no such flag; did you mean --port?")
                .contains("PARLEY_DOUBT_WIAT (environment): there is no such setting; did you mean PARLEY_DOUBT_WAIT?")
                .contains("prot in " + file + ": there is no such setting; did you mean port?")
                .contains("--doubt-wait: \"ten\" must be a duration");
    }

    @Test
    void serveJsonIsOneLineOnceReadyAndStopsWhenAsked() {
        root.newPartnerToken = "pp_made";
        CompletableFuture<Integer> running = CompletableFuture.supplyAsync(
                () -> cli.run("serve", "--json", "--port", "0", "--data", folder.toString()));
        await().until(() -> cli.out().endsWith("\n"));
        assertThat(running).isNotDone();
        JsonNode line = JsonMapper.shared().readTree(cli.out());
        assertThat(line.propertyNames()).containsExactly("url", "managementUrl", "partnerToken", "pid");
        assertThat(line.get("url").asString()).isEqualTo("http://127.0.0.1:18080");
        assertThat(line.get("pid").asLong()).isEqualTo(ProcessHandle.current().pid());
        assertThat(cli.err()).isEqualTo("* pretending to start" + System.lineSeparator());

        cli.stop.request();
        assertThat(running.join()).isZero();
        assertThat(root.calls).containsExactly("serve", "close");
    }

    @Test
    void demoJsonHasTheSeededThingsAndDemoAllowsLoopback() {
        cli.stop.request();
        assertThat(cli.run("demo", "--json")).isZero();
        JsonNode line = JsonMapper.shared().readTree(cli.out());
        assertThat(line.propertyNames())
                .containsExactly(
                        "url",
                        "managementUrl",
                        "organizationToken",
                        "organizationId",
                        "messageThreadId",
                        "messageTemplateId",
                        "phoneNumberId",
                        "candidatePhone",
                        "simulatorUrl",
                        "pid");
        Settings settings = root.settings;
        assertThat(settings.data()).isEqualTo(Path.of("demo-data"));
        assertThat(settings.outbound().allow()).hasToString("127.0.0.0/8,0:0:0:0:0:0:0:1/128");
    }

    @Test
    void theBannerNamesTheTokensFileAndNeverTheToken() {
        root.newPartnerToken = "pp_made";
        cli.stop.request();
        assertThat(cli.run("demo", "--data", folder.toString())).isZero();
        assertThat(cli.out())
                .contains("http://127.0.0.1:18080/public/v2")
                .contains("http://127.0.0.1:18080/openapi.yaml")
                .contains("http://127.0.0.1:18081/health/ready")
                .contains("in the file " + folder.resolve("partner-token") + " (new)")
                .contains("curl -s http://127.0.0.1:18080/public/v2/messages")
                .contains("Authorization: Bearer po_demo")
                .contains("http://127.0.0.1:18090/_control/reply")
                .contains(FakeRoot.TEMPLATE.toString())
                .doesNotContain("pp_made");
    }

    @Test
    void aPortInUseIsSaidInASentence() {
        root.failure = new IllegalStateException("cannot listen", new BindException("Address already in use"));
        assertThat(cli.run("serve")).isEqualTo(1);
        assertThat(cli.err())
                .contains("parley serve failed: cannot listen: a port is in use already")
                .contains("--port");
        assertThat(cli.out()).isEmpty();
    }

    @Test
    void aStopThatFailsIsStatus1() {
        root.closeFailure = new IllegalStateException("the database did not stop");
        cli.stop.request();
        assertThat(cli.run("serve")).isEqualTo(1);
        assertThat(cli.err()).contains("The stop failed: the database did not stop");
    }

    @Test
    void configShowsOriginsAndHidesSecrets() {
        int status = cli.with(Map.of("PARLEY_PARTNER_TOKEN", "hunter2222", "PARLEY_PORT", "81"))
                .run("config");
        assertThat(status).isZero();
        assertThat(cli.out().lines())
                .anyMatch(line -> line.matches("port: 81 +# PARLEY_PORT"))
                .anyMatch(line -> line.matches("partnerToken: \\*\\*\\* +# PARLEY_PARTNER_TOKEN"))
                .anyMatch(line -> line.matches("doubt.wait: 10m +# default"));
        assertThat(cli.out()).doesNotContain("hunter2222");
    }

    @Test
    void whatKubernetesMakesIsToldOnStandardError() {
        cli.with(Map.of("PARLEY_SERVICE_HOST", "10.0.0.1")).run("config");
        assertThat(cli.err()).contains("Ignored").contains("PARLEY_SERVICE_HOST");
    }

    @Test
    void operatorsCommandsCallTheRoot() {
        assertThat(cli.run("migrate")).isZero();
        assertThat(cli.run("organization", "create", "Acme B.V.", "--json")).isZero();
        assertThat(cli.run("token", "rotate")).isZero();
        assertThat(cli.run("token", "rotate", "--organization", FakeRoot.ORGANIZATION.toString()))
                .isZero();
        assertThat(root.calls)
                .isEqualTo(List.of("migrate", "create Acme B.V.", "rotate partner", "rotate " + FakeRoot.ORGANIZATION));
        assertThat(cli.out())
                .contains("\"organizationId\":\"" + FakeRoot.ORGANIZATION + "\"")
                .contains("\"organizationToken\":\"po_made\"")
                .contains("pp_rotated")
                .contains("po_rotated");
    }

    @Test
    void tokensAreListedMadeAndRevoked() {
        String organization = FakeRoot.ORGANIZATION.toString();
        assertThat(cli.run("token", "list", organization)).isZero();
        assertThat(cli.run("token", "list", organization, "--json")).isZero();
        assertThat(cli.run(
                        "token",
                        "create",
                        organization,
                        "for reports",
                        "--scopes",
                        "READ,send",
                        "--expires",
                        "2999-01-31T00:00:00+01:00"))
                .isZero();
        assertThat(cli.run("token", "revoke", organization, FakeRoot.TEMPLATE.toString()))
                .isZero();

        assertThat(root.calls)
                .containsExactly(
                        "tokens " + organization,
                        "tokens " + organization,
                        "create token " + organization + " for reports [READ, SEND] 2999-01-30T23:00:00Z",
                        "revoke " + organization + " " + FakeRoot.TEMPLATE);
        assertThat(cli.out())
                .contains(
                        FakeRoot.TEMPLATE + "  read,send  expires never  last used 2026-03-02T08:15:30+00:00  reports")
                .contains("\"scopes\":[\"read\",\"send\"],\"expiresAt\":null")
                .containsOnlyOnce("po_named");
        assertThat(cli.err()).doesNotContain("po_named");
    }

    @Test
    void aTokenThatIsNotThereIsStatus1AndSpeaksOnStandardError() {
        root.failure = new IllegalArgumentException("There is no such token.");
        assertThat(cli.run("token", "revoke", FakeRoot.ORGANIZATION.toString(), FakeRoot.TEMPLATE.toString()))
                .isEqualTo(1);
        assertThat(cli.err()).contains("There is no such token.");
        assertThat(cli.out()).isEmpty();
    }

    @Test
    void aPartnerTokenThatIsASettingIsNotRotated() {
        assertThat(cli.with(Map.of("PARLEY_PARTNER_TOKEN", "hunter2222")).run("token", "rotate"))
                .isEqualTo(2);
        assertThat(root.calls).isEmpty();
    }

    @Test
    void versionSaysWhichJava() {
        assertThat(cli.run("version")).isZero();
        assertThat(cli.out()).startsWith("Parley ").contains("Java 2");
    }
}
