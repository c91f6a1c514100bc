package dev.parley.server.media;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;

/** The folder in which files are written before they are stored; on the file system of the store where that is a folder. */
public final class Scratch {

    private final Path folder;

    /** @param folder is made when it is not there */
    public Scratch(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
    }

    /** A new, empty file. */
    StagingFile create(long limit) throws IOException {
        return StagingFile.create(folder.resolve(UUID.randomUUID() + ".part"), limit);
    }

    /** Removes what was left behind by a node that was killed. */
    int removeBefore(Instant time) throws IOException {
        int removed = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.part")) {
            for (Path file : files) {
                try {
                    if (Files.getLastModifiedTime(file).toInstant().isBefore(time) && Files.deleteIfExists(file)) {
                        removed++;
                    }
                } catch (NoSuchFileException e) {
                    // Its own request took it away meanwhile.
                }
            }
        }
        return removed;
    }
}
