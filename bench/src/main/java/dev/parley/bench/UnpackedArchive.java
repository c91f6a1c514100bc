package dev.parley.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;

/** The built program in the shape in which it is handed out: launcher and libraries in a folder, no sources beside them. */
final class UnpackedArchive {

    private UnpackedArchive() {}

    /** Gives the launcher. */
    static Path make(Path home, Path folder) throws IOException {
        Path lib = Files.createDirectories(folder.resolve("lib"));
        try (Stream<Path> jars = Files.list(home.resolve("server/target/dist/parley/lib"))) {
            for (Path jar :
                    jars.filter(each -> each.toString().endsWith(".jar")).toList()) {
                Files.copy(jar, lib.resolve(jar.getFileName().toString()), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        Files.copy(home.resolve(".mvn/find-jdk.sh"), folder.resolve("find-jdk.sh"));
        return Files.copy(home.resolve("parley"), folder.resolve("parley"), StandardCopyOption.COPY_ATTRIBUTES);
    }

    /** Whether the launcher has made the JVM's start-up cache. */
    static boolean hasCache(Path program) throws IOException {
        try (Stream<Path> files = Files.list(program.resolveSibling("lib"))) {
            return files.anyMatch(file -> file.toString().endsWith(".aot"));
        }
    }
}
