package dev.parley.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL's own log: {@code postgresql.log}, and the one before it as {@code postgresql.log.1}, each of a bounded
 * size. Keeps the last lines at hand for error texts. Safe for several threads.
 */
final class LogFile {
    private static final int KEPT_LINES = 20;

    private final Path file;
    private final long mostBytes;
    private final Deque<String> last = new ArrayDeque<>();
    private volatile @Nullable Thread drain;

    LogFile(Path folder, long mostBytes) {
        this.file = folder.resolve("postgresql.log");
        this.mostBytes = mostBytes;
    }

    /** Copies the stream to the file until it ends, on a thread of its own. */
    void drain(InputStream stream) {
        drain = Thread.ofPlatform().daemon().name("postgres-log").start(() -> copy(stream));
    }

    /** Whether all that was written has been read. */
    boolean ended() {
        Thread current = drain;
        return current == null || !current.isAlive();
    }

    private void copy(InputStream stream) {
        try (stream;
                var lines = new java.io.BufferedReader(new java.io.InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                append(line);
            }
        } catch (IOException closed) {
            append("the log's stream broke off");
        }
    }

    /** Adds a line. A disk that is full costs log lines, not the database. */
    synchronized void append(String line) {
        last.addLast(line);
        if (last.size() > KEPT_LINES) {
            last.removeFirst();
        }
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        try {
            if (Files.exists(file) && Files.size(file) + bytes.length > mostBytes) {
                Files.move(file, file.resolveSibling(file.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
            }
            try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
                out.write(bytes);
            }
        } catch (IOException ignored) {
            return;
        }
    }

    /** The latest lines, for an error text. */
    synchronized String tail() {
        return String.join("\n", last);
    }

    /** Forgets the lines kept for error texts. */
    synchronized void forget() {
        last.clear();
    }

    /** Where it is written. */
    Path path() {
        return file;
    }
}
