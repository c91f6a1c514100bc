package dev.parley.server.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs {@code ./parley} and {@code find-jdk.sh} with folders that look like a Java, and a checkout that is none. */
class LauncherTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    @TempDir
    Path folder;

    private Path home;

    @BeforeEach
    void layOutAnArchive() throws Exception {
        home = Files.createDirectory(folder.resolve("a rchive"));
        Files.createDirectory(home.resolve("lib"));
        Files.writeString(home.resolve("lib/b.jar"), "");
        Files.writeString(home.resolve("lib/a.jar"), "");
        copy(ROOT.resolve("parley"), home.resolve("parley"));
        copy(ROOT.resolve(".mvn/find-jdk.sh"), home.resolve("find-jdk.sh"));
    }

    @Test
    void theArchiveRunsJavaInItsOwnProcessWithASortedClassPath() throws Exception {
        Path java = fakeJava("jre-25", "25.0.1", "echo \"pid $$\"; for word; do echo \"$word\"; done; exit 3");
        Process process = process(
                Map.of("PARLEY_JAVA_HOME", java.toString()),
                home.resolve("parley").toString(),
                "version",
                "a b");
        long pid = process.pid();
        Result result = finish(process);
        assertThat(result.status).isEqualTo(3);
        assertThat(result.out.lines())
                .contains(
                        "pid " + pid,
                        "-cp",
                        home + "/lib/a.jar:" + home + "/lib/b.jar",
                        "dev.parley.server.Main",
                        "version",
                        "a b")
                .contains("--enable-native-access=ALL-UNNAMED", "-Xlog:all=error,aot*=off,cds*=off:stderr");
        assertThat(result.err).isEmpty();
    }

    @Test
    void aSymbolicLinkToTheLauncherFindsItsFolder() throws Exception {
        Path java = fakeJava("jre-25", "25", "for word; do echo \"$word\"; done");
        Path link = Files.createSymbolicLink(folder.resolve("parley-link"), home.resolve("parley"));
        Result result = run(Map.of("PARLEY_JAVA_HOME", java.toString()), link.toString(), "version");
        assertThat(result.out).contains(home + "/lib/a.jar");
    }

    @Test
    void moreOptionsForJavaAreTaken() throws Exception {
        Path java = fakeJava("jre-25", "25", "for word; do echo \"$word\"; done");
        Result result = run(
                Map.of("PARLEY_JAVA_HOME", java.toString(), "PARLEY_JAVA_OPTS", "-Xmx1g -Dx=y"),
                home.resolve("parley").toString(),
                "version");
        assertThat(result.out.lines()).contains("-Xmx1g", "-Dx=y");
        Result collector = run(
                Map.of("PARLEY_JAVA_HOME", java.toString(), "PARLEY_JAVA_OPTS", "-XX:+UseZGC"),
                home.resolve("parley").toString(),
                "version");
        assertThat(collector.out.lines()).contains("-XX:+UseZGC").doesNotContain("-XX:+UseSerialGC");
    }

    @Test
    void theCacheIsMadeOnceByServeWithoutTheEnvironmentAndUsedAfterwards() throws Exception {
        Path java = fakeJava(
                "jre-25",
                "25",
                "for word; do case $word in -XX:AOTCacheOutput=*) echo cache >\"${word#*=}\"; env >" + folder
                        + "/training; exit 0;; esac; echo \"$word\"; done");
        Map<String, String> environment =
                Map.of("PARLEY_JAVA_HOME", java.toString(), "PARLEY_DATABASE_URL", "postgresql://real/database");
        assertThat(run(environment, home.resolve("parley").toString(), "version").out)
                .doesNotContain("AOTCache");
        Result first = run(environment, home.resolve("parley").toString(), "serve");
        assertThat(first.err).contains("preparing the start-up cache");
        assertThat(first.out).contains("-XX:AOTCache=" + home + "/lib/parley-");
        assertThat(folder.resolve("training")).content().doesNotContain("PARLEY_DATABASE_URL");
        Result second = run(environment, home.resolve("parley").toString(), "serve");
        assertThat(second.err).isEmpty();
        assertThat(second.out).contains("-XX:AOTCache=" + home + "/lib/parley-");
        assertThat(run(
                                with(environment, "PARLEY_AOT", "off"),
                                home.resolve("parley").toString(),
                                "serve")
                        .out)
                .doesNotContain("AOTCache");
    }

    @Test
    void anotherSetOfJarsHasAnotherCache() throws Exception {
        Path java = fakeJava(
                "jre-25",
                "25",
                "for word; do case $word in -XX:AOTCacheOutput=*) echo cache >\"${word#*=}\"; exit 0;; esac; done; echo up");
        Map<String, String> environment = Map.of("PARLEY_JAVA_HOME", java.toString());
        assertThat(run(environment, home.resolve("parley").toString(), "serve").err)
                .contains("preparing");
        Files.writeString(home.resolve("lib/c.jar"), "a new one");
        assertThat(run(environment, home.resolve("parley").toString(), "serve").err)
                .contains("preparing");
        try (var files = Files.list(home.resolve("lib"))) {
            assertThat(files.filter(file -> file.toString().endsWith(".aot"))).hasSize(1);
        }
    }

    @Test
    void aCacheThatCannotBeMadeIsTriedOnceAndDoesNoHarm() throws Exception {
        Path java = fakeJava(
                "jre-25", "25", "for word; do case $word in -XX:AOTCacheOutput=*) exit 1;; esac; done; echo started");
        Map<String, String> environment = Map.of("PARLEY_JAVA_HOME", java.toString());
        Result first = run(environment, home.resolve("parley").toString(), "serve");
        assertThat(first.err).contains("could not be made");
        assertThat(first.out).isEqualTo("started\n");
        Result second = run(environment, home.resolve("parley").toString(), "serve");
        assertThat(second.err).isEmpty();
        assertThat(second.out).isEqualTo("started\n");
    }

    @Test
    void aCheckoutBuildsWhenASourceIsNewerAndShowsAFailingBuild() throws Exception {
        Path checkout = Files.createDirectory(folder.resolve("checkout"));
        copy(ROOT.resolve("parley"), checkout.resolve("parley"));
        Files.createDirectories(checkout.resolve(".mvn"));
        copy(ROOT.resolve(".mvn/find-jdk.sh"), checkout.resolve(".mvn/find-jdk.sh"));
        Files.createDirectories(checkout.resolve("server/src/main"));
        Files.writeString(checkout.resolve("pom.xml"), "");
        script(
                checkout.resolve("mvnw"),
                "echo built >>builds; mkdir -p server/target/dist/parley/lib; : >server/target/dist/parley/lib/a.jar");
        Path java = fakeJava("jdk-25", "25", "echo started");
        script(java.resolve("bin/javac"), "exit 0");
        Map<String, String> environment = Map.of("PARLEY_JAVA_HOME", java.toString());

        Result first = run(environment, checkout.resolve("parley").toString(), "version");
        assertThat(first.err).contains("* building").contains("* built");
        assertThat(first.out).isEqualTo("started\n");
        assertThat(run(environment, checkout.resolve("parley").toString(), "version").err)
                .isEmpty();
        assertThat(checkout.resolve("builds")).hasContent("built");

        script(checkout.resolve("mvnw"), "echo 'Main.java: that does not compile'; exit 1");
        Path source = Files.writeString(checkout.resolve("server/src/main/Main.java"), "x");
        Files.setLastModifiedTime(source, FileTime.fromMillis(System.currentTimeMillis() + 5000));
        Result broken = run(environment, checkout.resolve("parley").toString(), "version");
        assertThat(broken.status).isEqualTo(1);
        assertThat(broken.err).contains("The build failed").contains("Main.java: that does not compile");
        assertThat(broken.out).isEmpty();
        assertThat(checkout.resolve("server/target/parley.lock")).doesNotExist();
    }

    @Test
    void aWrongJavaHomeIsExplained() throws Exception {
        Path old = fakeJava("jdk-17", "17.0.9", "exit 0");
        Result result = run(
                Map.of("PARLEY_JAVA_HOME", old.toString()),
                home.resolve("parley").toString(),
                "version");
        assertThat(result.status).isEqualTo(1);
        assertThat(result.err).contains("PARLEY_JAVA_HOME is " + old).contains("there is Java 17");
        Result none = run(
                Map.of("PARLEY_JAVA_HOME", "/nowhere"), home.resolve("parley").toString(), "version");
        assertThat(none.err).contains("no Java was found in that folder");
    }

    @Test
    void aBuildWantsACompiler() throws Exception {
        Path jre = fakeJava("jre-25", "25.0.1", "exit 0");
        String script = ". " + ROOT + "/.mvn/find-jdk.sh; parley_find_jdk jdk && echo found";
        Result result = run(Map.of("PARLEY_JAVA_HOME", jre.toString()), "sh", "-c", script);
        assertThat(result.status).isEqualTo(1);
        assertThat(result.err).contains("has no bin/javac");
    }

    @Test
    void theFirstThatFitsIsTakenAndNoneIsSaidClearly() throws Exception {
        Path old = fakeJava("jdk-17", "17.0.9", "exit 0");
        Path young = fakeJava("jdk-26", "26-ea", "exit 0");
        String places =
                ". " + ROOT + "/.mvn/find-jdk.sh; parley_java_on_path() { :; }; parley_java_places() { echo %s; };"
                        + " parley_find_jdk jre && echo \"$JAVA_HOME\"";
        Result found = run(Map.of("JAVA_HOME", old.toString()), "sh", "-c", places.formatted("'" + young + "'"));
        assertThat(found.out).isEqualTo(young + "\n");
        Result none = run(Map.of("JAVA_HOME", old.toString()), "sh", "-c", places.formatted("/nowhere"));
        assertThat(none.status).isEqualTo(1);
        assertThat(none.err)
                .contains("Java 25 or newer")
                .contains("none was found")
                .contains("adoptium.net");
    }

    private Path fakeJava(String name, String version, String body) throws Exception {
        Path java = folder.resolve(name);
        Files.createDirectories(java.resolve("bin"));
        Files.writeString(java.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
        script(java.resolve("bin/java"), body);
        return java;
    }

    private static void script(Path file, String body) throws Exception {
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static void copy(Path from, Path to) throws Exception {
        Files.copy(from, to);
        Files.setPosixFilePermissions(to, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static Map<String, String> with(Map<String, String> environment, String key, String value) {
        Map<String, String> changed = new HashMap<>(environment);
        changed.put(key, value);
        return changed;
    }

    private record Result(int status, String out, String err) {}

    private Result run(Map<String, String> environment, String... command) throws Exception {
        return finish(process(environment, command));
    }

    private Process process(Map<String, String> environment, String... command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(List.of(command)).directory(folder.toFile());
        builder.environment().clear();
        builder.environment().putAll(Map.of("PATH", "/usr/bin:/bin", "HOME", folder.toString()));
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static Result finish(Process process) throws Exception {
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Result(process.exitValue(), out, err);
    }
}
