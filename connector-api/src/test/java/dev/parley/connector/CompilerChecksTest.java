package dev.parley.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/**
 * The compiler's checks still stop the build. Small sources with a fault each are compiled as the root pom says: by its
 * arguments, with the plugins that it names, and in the JVM that {@code .mvn/jvm.config} describes.
 */
class CompilerChecksTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final String COMPILER =
            "/project/build/pluginManagement/plugins/plugin[artifactId='maven-compiler-plugin']/configuration/";
    /** On this test's class path for the plugin's sake; they are used only where the pom names them. */
    private static final Set<String> PLUGINS = Set.of("error_prone_core", "nullaway");

    private static List<String> command;

    @TempDir
    Path folder;

    private record Compiled(int status, String output) {}

    @BeforeAll
    static void readTheBuild() throws Exception {
        Document pom = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(ROOT.resolve("pom.xml").toFile());
        command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "javac").toString()));
        Files.readAllLines(ROOT.resolve(".mvn/jvm.config")).stream()
                .filter(line -> !line.isBlank())
                .forEach(line -> command.add("-J" + line.strip()));
        command.addAll(List.of(
                "--release",
                texts(pom, "/project/properties/maven.compiler.release").getFirst()));
        command.addAll(texts(pom, COMPILER + "compilerArgs/arg"));
        if (texts(pom, COMPILER + "failOnWarning").equals(List.of("true"))) {
            command.add("-Werror");
        }
        Set<String> named = Set.copyOf(texts(pom, COMPILER + "annotationProcessorPaths/path/artifactId"));
        List<String> jars = List.of(System.getProperty("java.class.path").split(File.pathSeparator));
        command.addAll(List.of(
                "-processorpath",
                jars.stream()
                        .filter(jar ->
                                PLUGINS.stream().noneMatch(plugin -> isOf(jar, plugin) && !named.contains(plugin)))
                        .collect(Collectors.joining(File.pathSeparator))));
        command.addAll(List.of(
                "-classpath",
                jars.stream().filter(jar -> isOf(jar, "jspecify")).collect(Collectors.joining(File.pathSeparator))));
    }

    private static boolean isOf(String jar, String artifact) {
        return Path.of(jar).getFileName().toString().startsWith(artifact + "-");
    }

    private static List<String> texts(Document pom, String path) throws Exception {
        XPath xpath = XPathFactory.newInstance().newXPath();
        NodeList nodes = (NodeList) xpath.evaluate(path, pom, XPathConstants.NODESET);
        return IntStream.range(0, nodes.getLength())
                .mapToObj(i -> nodes.item(i).getTextContent().strip())
                .toList();
    }

    private Compiled compile(String body) throws IOException, InterruptedException {
        Path source = folder.resolve("Small.java");
        Files.writeString(source, """
                package small;

                import org.jspecify.annotations.NullMarked;
                import org.jspecify.annotations.Nullable;

                /** A small class. */
                @NullMarked
                final class Small {
                    private Small() {}

                    static int length(String text) {
                        return text.length();
                    }

                    static int lengthOr(@Nullable String text, int other) {
                        return text == null ? other : length(text);
                    }
                %s
                }
                """.formatted(body));
        List<String> all = new ArrayList<>(command);
        all.addAll(List.of("-d", folder.resolve("classes").toString(), source.toString()));
        Path output = folder.resolve("output");
        Process javac = new ProcessBuilder(all)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        return new Compiled(javac.waitFor(), Files.readString(output));
    }

    @Test
    void whatIsRightIsCompiled() throws Exception {
        Compiled compiled = compile("");

        assertThat(compiled.output()).isEmpty();
        assertThat(compiled.status()).isZero();
    }

    @Test
    void aNullWhereNoneMayBeIsAnError() throws Exception {
        Compiled compiled = compile("static int wrong(@Nullable String text) { return length(text); }");

        assertThat(compiled.status()).isNotZero();
        assertThat(compiled.output()).contains("error: [NullAway] passing @Nullable parameter 'text'");
    }

    @Test
    void whatErrorProneCallsAnErrorIsOne() throws Exception {
        Compiled compiled = compile("static boolean wrong(int[] some) { return some.equals(new int[0]); }");

        assertThat(compiled.status()).isNotZero();
        assertThat(compiled.output()).contains("error: [ArrayEquals]");
    }

    @Test
    void whatErrorProneWarnsOfStopsTheBuild() throws Exception {
        Compiled compiled = compile("static int wrong() { int unused1 = 1; int never = 2; return 3; }");

        assertThat(compiled.status()).isNotZero();
        assertThat(compiled.output()).contains("[UnusedVariable]").contains("-Werror");
    }

    @Test
    void whatTheCompilerWarnsOfStopsTheBuild() throws Exception {
        Compiled compiled = compile("static java.util.List wrong() { return java.util.List.of(); }");

        assertThat(compiled.status()).isNotZero();
        assertThat(compiled.output()).contains("[rawtypes]").contains("-Werror");
    }

    @Test
    void noModuleCompilesInAnotherWay() throws Exception {
        try (Stream<Path> modules = Files.list(ROOT)) {
            List<Path> poms = modules.map(module -> module.resolve("pom.xml"))
                    .filter(Files::exists)
                    .toList();
            assertThat(poms)
                    .hasSizeGreaterThan(5)
                    .allSatisfy(pom -> assertThat(Files.readString(pom))
                            .as(pom.toString())
                            .doesNotContain("maven-compiler-plugin", "maven.compiler."));
        }
    }
}
