package dev.parley.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.stream.Stream;

/** Tells whether an unpacked folder is whole: how many files it has and how many bytes they hold together. */
final class Manifest {
    private static final String FILE = "complete";

    private Manifest() {}

    /** Notes what is in the folder now. */
    static void write(Path home) throws IOException {
        String sum = sum(home);
        Files.writeString(home.resolve(FILE), sum);
    }

    /** Whether the folder holds what was noted. */
    static boolean intact(Path home) throws IOException {
        Path file = home.resolve(FILE);
        try {
            return Files.readString(file).equals(sum(home));
        } catch (NoSuchFileException missing) {
            return false;
        }
    }

    private static String sum(Path home) throws IOException {
        long files = 0;
        long bytes = 0;
        try (Stream<Path> all = Files.walk(home)) {
            for (Path path : (Iterable<Path>) all::iterator) {
                BasicFileAttributes attributes =
                        Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
                if (!attributes.isDirectory() && !Folders.name(path).equals(FILE)) {
                    files++;
                    bytes += attributes.isRegularFile() ? attributes.size() : 0;
                }
            }
        }
        return files + " files, " + bytes + " bytes\n";
    }
}
