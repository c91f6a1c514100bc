package dev.parley.server.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Rules that are read from the sources. */
final class SourceRulesTest {

    private static final int LONGEST_FILE = 400;

    @Test
    void everyPackageIsNullMarked() throws IOException {
        try (Stream<Path> files = sources("main")) {
            List<Path> packages = files.map(Path::getParent).distinct().toList();
            assertThat(packages)
                    .hasSizeGreaterThan(10)
                    .allSatisfy(folder -> assertThat(Files.readString(folder.resolve("package-info.java")))
                            .as("a package is @NullMarked, so that the compiler checks it for nulls: " + folder)
                            .contains("@NullMarked"));
        }
    }

    @Test
    void filesStaySmall() throws IOException {
        try (Stream<Path> files = Stream.concat(sources("main"), sources("test"))) {
            assertThat(files).allSatisfy(file -> {
                try (Stream<String> lines = Files.lines(file)) {
                    assertThat(lines.count()).as("lines of " + file).isLessThanOrEqualTo(LONGEST_FILE);
                }
            });
        }
    }

    @Test
    void testsUseNoMocksAndSkipNothing() throws IOException {
        String mocks = "org.mock" + "ito";
        String skips = "@Disa" + "bled";
        String sleeps = "Thread.sl" + "eep(";
        try (Stream<Path> files = sources("test")) {
            assertThat(files)
                    .allSatisfy(file -> assertThat(Files.readString(file))
                            .as(file.toString())
                            .doesNotContain(mocks)
                            .doesNotContain(skips)
                            .doesNotContain(sleeps));
        }
    }

    /** Java files of every module. */
    private static Stream<Path> sources(String kind) throws IOException {
        Path root = Path.of("..").toAbsolutePath().normalize();
        List<Path> modules;
        try (Stream<Path> folders = Files.list(root)) {
            modules = folders.map(folder -> folder.resolve("src/" + kind + "/java"))
                    .filter(Files::isDirectory)
                    .toList();
        }
        assertThat(modules).hasSizeGreaterThan(4);
        Stream<Path> all = Stream.empty();
        for (Path module : modules) {
            all = Stream.concat(all, Files.walk(module));
        }
        return all.filter(file -> file.toString().endsWith(".java"));
    }
}
