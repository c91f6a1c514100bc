package dev.parley.server.platform.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/**
 * Gives a body more time while it comes: whenever as much has come as the slowest caller sends in one span, it has another span,
 * up to an end that it cannot put off.
 */
final class PacedStream extends FilterInputStream {

    private final Deadlines.Open deadline;
    private final long spanNanos;
    private final long perSpan;
    private final long end;
    private long since;

    /**
     * @param span the time for a small body, and for each further part of a large one
     * @param slowest bytes a second
     * @param end of all patience, of {@link System#nanoTime()}
     */
    PacedStream(InputStream in, Deadlines.Open deadline, Duration span, long slowest, long end) {
        super(in);
        this.deadline = deadline;
        this.spanNanos = span.toNanos();
        this.perSpan = Math.max(1, slowest * span.toMillis() / 1000);
        this.end = end;
    }

    @Override
    public int read() throws IOException {
        int read = super.read();
        came(read < 0 ? 0 : 1);
        return read;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        int read = super.read(into, from, length);
        came(Math.max(0, read));
        return read;
    }

    private void came(int bytes) {
        since += bytes;
        if (since >= perSpan) {
            since = 0;
            long next = System.nanoTime() + spanNanos;
            deadline.until(next - end < 0 ? next : end);
        }
    }
}
