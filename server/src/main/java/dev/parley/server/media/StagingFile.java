package dev.parley.server.media;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A file that is being written: counts and hashes what comes, and takes no more than a limit. Belongs to one thread. */
final class StagingFile extends OutputStream {

    private final Path path;
    private final long limit;
    private final OutputStream out;
    private final MessageDigest digest;
    private long size;

    private StagingFile(Path path, long limit, OutputStream out, MessageDigest digest) {
        this.path = path;
        this.limit = limit;
        this.out = out;
        this.digest = digest;
    }

    /** @param path is made anew */
    static StagingFile create(Path path, long limit) throws IOException {
        try {
            return new StagingFile(path, limit, Files.newOutputStream(path), MessageDigest.getInstance("SHA-256"));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Whether more came than the limit; what came beyond it was not written. */
    boolean overflowed() {
        return size > limit;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        size += length;
        if (!overflowed()) {
            digest.update(bytes, from, length);
            out.write(bytes, from, length);
        }
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    /** What was written; closed before. */
    Staged staged() {
        return new Staged(path, size, HexFormat.of().formatHex(digest.digest()));
    }

    /** Takes the file away. */
    void discard() throws IOException {
        out.close();
        Files.deleteIfExists(path);
    }
}
