package dev.parley.server.media;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;

/**
 * Where the bytes are: by organization and SHA-256 (64 digits of lower-case hexadecimal) of the content. Safe for use by many
 * threads and nodes at once. Every method may block and throws IOException when the place can't be reached.
 */
public interface MediaFiles extends AutoCloseable {

    /** Names the place; made when it is used for the first time. */
    UUID placeId() throws IOException;

    /** Whether the content is there, whole. */
    boolean has(UUID organization, String sha256) throws IOException;

    /**
     * Puts a content there, durably; does nothing when it is there already. When this returns, it is on disk.
     *
     * @param staged a file with it, which may be moved away
     */
    void put(UUID organization, String sha256, Path staged) throws IOException;

    /**
     * A part of the content, from {@code from}, exactly {@code length} bytes. Whoever opens it closes it.
     *
     * @throws java.nio.file.NoSuchFileException when the content is not there
     */
    InputStream open(UUID organization, String sha256, long from, long length) throws IOException;

    /** Takes it away; does nothing when it is not there. */
    void delete(UUID organization, String sha256) throws IOException;

    /** Tells of every content that was put there before a time. */
    void each(Instant before, Visitor visitor) throws IOException;

    /** Is told of contents. */
    @FunctionalInterface
    interface Visitor {
        /** One content. */
        void visit(UUID organization, String sha256, long size);
    }

    @Override
    void close();
}
