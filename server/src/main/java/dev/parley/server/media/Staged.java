package dev.parley.server.media;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file that is not stored yet.
 *
 * @param sha256 of its bytes, in lower-case hexadecimal
 */
record Staged(Path path, long size, String sha256) implements AutoCloseable {

    /** Takes it away unless it was moved. */
    @Override
    public void close() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException("a staged file can't be removed", e);
        }
    }
}
