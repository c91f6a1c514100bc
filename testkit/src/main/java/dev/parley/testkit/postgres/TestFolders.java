package dev.parley.testkit.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Where the test server keeps its files. */
final class TestFolders {
    private static final String PREFIX = "parley-test-postgres-";

    /** Making and dropping a database is a matter of a thousand files: here it took 117 ms, on a disk 325. */
    private static final Path MEMORY = Path.of("/dev/shm");

    private static final long ROOM = 8L << 30;

    private TestFolders() {}

    /** A new folder, gone at the JVM's end. Those of test JVMs that were killed are removed on the way. */
    static Path data() {
        try {
            Path temporary = roomy(MEMORY) ? MEMORY : Path.of(System.getProperty("java.io.tmpdir", "/tmp"));
            try (Stream<Path> entries = Files.list(temporary)) {
                entries.filter(TestFolders::abandoned).forEach(TestFolders::remove);
            }
            return Files.createTempDirectory(
                    temporary, PREFIX + ProcessHandle.current().pid() + "-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean roomy(Path folder) throws IOException {
        return Files.isWritable(folder) && Files.getFileStore(folder).getUsableSpace() >= ROOM;
    }

    private static boolean abandoned(Path folder) {
        Matcher matcher = Pattern.compile(PREFIX + "(\\d+)-\\d+").matcher(String.valueOf(folder.getFileName()));
        return matcher.matches()
                && Files.isWritable(folder)
                && ProcessHandle.of(Long.parseLong(matcher.group(1))).isEmpty();
    }

    static void remove(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : (Iterable<Path>) all.sorted(Comparator.reverseOrder())::iterator) {
                Files.deleteIfExists(path);
            }
        } catch (IOException leftBehind) {
            System.err.println("The test database's folder " + folder + " could not be removed: " + leftBehind);
        }
    }
}
