package dev.parley.server.platform.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.server.platform.secrets.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsLoaderTest {

    @TempDir
    Path folder;

    @Test
    void flagWinsOverEnvironmentOverFileOverDefault() throws IOException {
        String file = file("port: 1\nhost: fromfile\ndoubt:\n  wait: 1m\nlog.level: debug\n");
        SettingsResult.Loaded loaded = Loading.loaded(
                Map.of("config", file, "port", "3"), Map.of("PARLEY_PORT", "2", "PARLEY_DOUBT_WAIT", "2m"));

        assertThat(loaded.settings().listen().port()).isEqualTo(3);
        assertThat(loaded.settings().doubt().evidenceWait()).isEqualTo(Duration.ofMinutes(2));
        assertThat(loaded.settings().listen().host()).isEqualTo("fromfile");
        assertThat(loaded.settings().log().level()).isEqualTo(LogLevel.DEBUG);
        assertThat(loaded.effective())
                .contains(
                        new EffectiveSetting("port", "3", "--port"),
                        new EffectiveSetting("doubt.wait", "2m", "PARLEY_DOUBT_WAIT"),
                        new EffectiveSetting("host", "fromfile", "host in " + file),
                        new EffectiveSetting("managementPort", "8081", "default"));
    }

    @Test
    void theFileCanBeNamedInTheEnvironment() throws IOException {
        String file = file("port: 7\n");
        assertThat(Loading.loaded(Map.of(), Map.of("PARLEY_CONFIG", file))
                        .settings()
                        .listen()
                        .port())
                .isEqualTo(7);
    }

    @Test
    void allMistakesAreReportedAtOnceWithTheNearestName() throws IOException {
        String file = file("prot: 1\nlimits:\n  dept: 3\nretention:\n  events: 32 days\nsubmit.queueTotal: 0\n");
        List<String> mistakes = Loading.mistakes(
                Map.of("config", file, "port", "http"),
                Map.of("PARLEY_DOUBT_WIAT", "1m", "PARLEY_OUTBOUND_ALLOW", "localhost", "PARLEY_ZZZZZZZZZ", "1"));

        assertThat(mistakes)
                .containsExactlyInAnyOrder(
                        "PARLEY_DOUBT_WIAT (environment): there is no such setting; did you mean PARLEY_DOUBT_WAIT?",
                        "PARLEY_ZZZZZZZZZ (environment): there is no such setting",
                        "prot in " + file + ": there is no such setting; did you mean port?",
                        "limits.dept in " + file + ": there is no such setting; did you mean limits.depth?",
                        "--port: \"http\" must be a whole number from 0 to 65535",
                        "retention.events in " + file
                                + ": \"32 days\" must be a duration such as 500ms, 20s, 10m, 24h or 32d",
                        "submit.queueTotal in " + file + ": \"0\" must be a whole number from 1 to 1000000",
                        "PARLEY_OUTBOUND_ALLOW: \"localhost\" must be an address block such as 10.0.0.0/8, 192.168.1.7"
                                + " or fd00::/8");
    }

    @Test
    void rulesBetweenSettingsAreCheckedWithTheOtherMistakes() {
        List<String> mistakes = Loading.mistakes(
                Map.of("port", "9000", "managementPort", "9000"),
                Map.of(
                        "PARLEY_DISPATCH_CALL_DEADLINE", "30s",
                        "PARLEY_DISPATCH_BACK_OFF_FIRST", "6m",
                        "PARLEY_CIRCUIT_PAUSE", "6m",
                        "PARLEY_SUBMIT_QUEUE_TOTAL", "10",
                        "PARLEY_DATABASE_USER", "x",
                        "PARLEY_LIMITS_DEPTH", "many"));

        assertThat(mistakes)
                .containsExactlyInAnyOrder(
                        "PARLEY_LIMITS_DEPTH: \"many\" must be a whole number from 8 to 1000",
                        "--management-port: must not be the same as --port; choose another, or 0 for any free one",
                        "dispatch.lease: must be more than three times PARLEY_DISPATCH_CALL_DEADLINE, that is more than 90s",
                        "PARLEY_DISPATCH_BACK_OFF_FIRST: must not be more than dispatch.backOff.max",
                        "PARLEY_CIRCUIT_PAUSE: must not be more than circuit.maxPause",
                        "submit.queuePerOrganization: must not be more than PARLEY_SUBMIT_QUEUE_TOTAL",
                        "PARLEY_DATABASE_USER: has no meaning without databaseUrl");
    }

    @Test
    void twoPortsOfZeroAreTwoFreePorts() {
        assertThat(Loading.loaded(Map.of("port", "0", "managementPort", "0"), Map.of())
                        .settings()
                        .listen()
                        .port())
                .isZero();
    }

    @Test
    void anOwnDatabaseNeedsTheSecretKey() {
        assertThat(Loading.mistakes(Map.of("databaseUrl", "postgresql://u:p@db/x"), Map.of()))
                .singleElement()
                .asString()
                .startsWith("secretKey: is required with --database-url");
        assertThat(Loading.mistakes(
                        Map.of("databaseUrl", "postgresql://u:p@db/x"),
                        Map.of(
                                "PARLEY_SECRET_KEY", Loading.KEY,
                                "PARLEY_DATABASE_USER", "u",
                                "PARLEY_DATABASE_PASSWORD", "p")))
                .containsExactly(
                        "PARLEY_DATABASE_USER: is given in --database-url as well; leave one out",
                        "PARLEY_DATABASE_PASSWORD: is given in --database-url as well; leave one out");
    }

    @Test
    void secretsAreReadFromFilesAndNeverShown() throws IOException {
        Path key = Files.writeString(folder.resolve("key"), Loading.KEY + "\n");
        SettingsResult.Loaded loaded = Loading.loaded(
                Map.of("secretKeyFile", key.toString()), Map.of("PARLEY_PARTNER_TOKEN", "a-very-secret-token"));

        assertThat(loaded.settings().secretKey()).isEqualTo(new Secret(Loading.KEY));
        assertThat(loaded.effective())
                .contains(
                        new EffectiveSetting("secretKey", "***", "--secret-key-file"),
                        new EffectiveSetting("partnerToken", "***", "PARLEY_PARTNER_TOKEN"));
        assertThat(loaded.toString()).doesNotContain("a-very-secret-token").doesNotContain(Loading.KEY);
    }

    @Test
    void aWrongSecretIsNeverQuoted() {
        List<String> mistakes = Loading.mistakes(
                Map.of("databaseUrl", "mysql://root:hunter22@db/x"),
                Map.of("PARLEY_SECRET_KEY", "short-secret", "PARLEY_PARTNER_TOKEN", "with space"));
        assertThat(mistakes).hasSize(3);
        assertThat(String.join(" ", mistakes))
                .doesNotContain("hunter22")
                .doesNotContain("short-secret")
                .doesNotContain("with space");
    }

    @Test
    void aSecretTwiceOrInAMissingFileIsAMistake() {
        String missing = folder.resolve("nothing").toString();
        assertThat(Loading.mistakes(
                        Map.of(),
                        Map.of(
                                "PARLEY_SECRET_KEY", Loading.KEY,
                                "PARLEY_SECRET_KEY_FILE", missing,
                                "PARLEY_PARTNER_TOKEN_FILE", missing)))
                .containsExactly(
                        "PARLEY_SECRET_KEY: is given as well as PARLEY_SECRET_KEY_FILE; leave one out",
                        "PARLEY_PARTNER_TOKEN_FILE: the file " + missing + " cannot be read (NoSuchFileException)");
    }

    @Test
    void emptyValuesCountAsNotGiven() throws IOException {
        String file = file("publicUrl:\nport: \"\"\n");
        Settings settings = Loading.loaded(Map.of("config", file), Map.of("PARLEY_HOST", " "))
                .settings();
        assertThat(settings.listen().publicUrl()).isNull();
        assertThat(settings.listen().port()).isEqualTo(8080);
        assertThat(settings.listen().host()).isEqualTo("127.0.0.1");
    }

    @Test
    void brokenFilesAreRefusedWithoutQuotingThem() throws IOException {
        assertThat(Loading.mistakes(Map.of("config", file("port: 1\nport: 2\n")), Map.of()))
                .singleElement()
                .asString()
                .contains("is not valid YAML, or has a key twice (line 2)");
        assertThat(Loading.mistakes(Map.of("config", file("secretKey: \"hunter22\nx")), Map.of()))
                .singleElement()
                .asString()
                .contains("is not valid YAML")
                .doesNotContain("hunter22");
        assertThat(Loading.mistakes(Map.of("config", file("- a\n- b\n")), Map.of()))
                .singleElement()
                .asString()
                .contains("must hold keys with values");
        assertThat(Loading.mistakes(Map.of("config", file("doubt:\n  wait: 1m\ndoubt.wait: 2m\n")), Map.of()))
                .singleElement()
                .asString()
                .contains("is given twice");
        assertThat(Loading.mistakes(Map.of("config", folder.resolve("none.yaml").toString()), Map.of()))
                .singleElement()
                .asString()
                .contains("cannot be read (NoSuchFileException)");
    }

    @Test
    void listsAreWrittenInBothForms() throws IOException {
        String file = file("trustedProxies: [10.0.0.0/8, \"fd00::/8\"]\noutbound:\n  allow: 127.0.0.1, ::1\n");
        Settings settings = Loading.loaded(Map.of("config", file), Map.of()).settings();
        assertThat(settings.listen().trustedProxies().blocks()).hasSize(2);
        assertThat(settings.outbound().allow()).hasToString("127.0.0.1/32,0:0:0:0:0:0:0:1/128");
    }

    @Test
    void whatKubernetesMakesIsIgnoredAloud() {
        SettingsResult.Loaded loaded = Loading.loaded(
                Map.of(),
                Map.of(
                        "PARLEY_SERVICE_HOST", "10.0.0.1",
                        "PARLEY_SERVICE_PORT", "8080",
                        "PARLEY_SERVICE_PORT_HTTP", "8080",
                        "PARLEY_PORT", "tcp://10.0.0.1:8080",
                        "PARLEY_PORT_8080_TCP", "tcp://10.0.0.1:8080",
                        "PARLEY_PORT_8080_TCP_ADDR", "10.0.0.1",
                        "PARLEY_MANAGEMENT_PORT", "udp://10.0.0.2:8081",
                        "PARLEY_MANAGEMENT_X_SERVICE_HOST", "10.0.0.2",
                        "PARLEY_MANAGEMENT_PORT_8081_SCTP_PROTO", "sctp"));
        assertThat(loaded.settings().listen().port()).isEqualTo(8080);
        assertThat(loaded.settings().listen().managementPort()).isEqualTo(8081);
        assertThat(loaded.notices())
                .containsExactly("Ignored, because Kubernetes makes them for a service: PARLEY_MANAGEMENT_PORT,"
                        + " PARLEY_MANAGEMENT_PORT_8081_SCTP_PROTO, PARLEY_MANAGEMENT_X_SERVICE_HOST, PARLEY_PORT,"
                        + " PARLEY_PORT_8080_TCP, PARLEY_PORT_8080_TCP_ADDR, PARLEY_SERVICE_HOST, PARLEY_SERVICE_PORT,"
                        + " PARLEY_SERVICE_PORT_HTTP");
        assertThat(Loading.mistakes(Map.of(), Map.of("PARLEY_X_PORT", "8080")))
                .singleElement()
                .asString()
                .startsWith("PARLEY_X_PORT (environment): there is no such setting");
    }

    @Test
    void theLaunchersOwnKeysAndOtherPeoplesAreNoMistakes() {
        assertThat(Loading.loaded(Map.of(), Map.of("PARLEY_JAVA_HOME", "/x", "PARLEY_AOT", "off", "PATH", "/bin"))
                        .notices())
                .isEmpty();
    }

    @Test
    void strayArgumentsAreExplained() {
        assertThat(StrayArguments.explain(List.of("--prot", "80", "--secret-key=x", "lonely")))
                .containsExactly(
                        "--prot: there is no such flag; did you mean --port?",
                        "--secret-key: a secret on the command line can be read by others; use --secret-key-file or the"
                                + " environment",
                        "\"lonely\": no argument is expected here");
    }

    @Test
    void settingsOfRefusesWhatIsWrong() {
        assertThat(Settings.of(Map.of("port", "0")).listen().port()).isZero();
        assertThatThrownBy(() -> Settings.of(Map.of("port", "-1")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--port");
    }

    @Test
    void demoAddsLoopbackToWhatIsAllowed() {
        Settings settings = Settings.of(Map.of("outbound.allow", "10.0.0.0/8")).withLoopbackAllowed();
        assertThat(settings.outbound().allow()).hasToString("10.0.0.0/8,127.0.0.0/8,0:0:0:0:0:0:0:1/128");
    }

    private String file(String text) throws IOException {
        return Files.writeString(Files.createTempFile(folder, "parley", ".yaml"), text)
                .toString();
    }
}
