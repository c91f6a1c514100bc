package dev.parley.server.platform.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Ends early when there is more than a limit, and remembers that. */
final class LimitedStream extends FilterInputStream {

    private final long limit;
    private long count;

    LimitedStream(InputStream in, long limit) {
        super(in);
        this.limit = limit;
    }

    boolean exceeded() {
        return count > limit;
    }

    @Override
    public int read() throws IOException {
        int read = exceeded() ? -1 : super.read();
        count += read < 0 ? 0 : 1;
        return exceeded() ? -1 : read;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        int read = exceeded() ? -1 : super.read(into, from, length);
        count += Math.max(read, 0);
        return exceeded() ? -1 : read;
    }
}
