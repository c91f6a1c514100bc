package dev.parley.server.openapi;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;

/**
 * What tests reached of the document, as lines in a file per JVM of one run. The folder's name comes from the build and
 * is another one in each run; without it, as when single tests run, nothing is written. Safe for use by many threads.
 */
@NullUnmarked
final class Reached {

    private static final Path FOLDER = folder();
    private static final Set<String> KNOWN = ConcurrentHashMap.newKeySet();

    private Reached() {}

    /** The run's folder, or null where nothing is to be written. */
    static Path folder() {
        String name = System.getProperty("reached.folder", "");
        return name.isEmpty() ? null : Path.of(name);
    }

    /** Writes those that are new at once, so that no end of a JVM loses them. */
    static void add(Collection<String> lines) {
        if (FOLDER == null) {
            return;
        }
        List<String> fresh = lines.stream().filter(KNOWN::add).toList();
        if (!fresh.isEmpty()) {
            write(fresh);
        }
    }

    private static synchronized void write(List<String> lines) {
        try {
            Files.createDirectories(FOLDER);
            Path file = FOLDER.resolve(ProcessHandle.current().pid() + ".txt");
            Files.write(file, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What all JVMs of a run wrote. */
    static Set<String> read(Path folder) throws IOException {
        Set<String> lines = new TreeSet<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                lines.addAll(Files.readAllLines(file));
            }
        }
        return lines;
    }

    /** Removes what earlier runs left beside a run's folder. */
    static void forgetRunsBefore(Path folder) throws IOException {
        try (Stream<Path> beside = Files.list(folder.toAbsolutePath().getParent())) {
            for (Path other : beside.filter(Files::isDirectory)
                    .filter(other -> !other.endsWith(folder.getFileName()))
                    .toList()) {
                try (Stream<Path> files = Files.walk(other)) {
                    files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
                }
            }
        }
    }
}
