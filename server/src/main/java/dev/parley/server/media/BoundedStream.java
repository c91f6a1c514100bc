package dev.parley.server.media;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Gives exactly so many bytes: the rest is not read, and fewer are an error. */
final class BoundedStream extends FilterInputStream {

    private long left;

    BoundedStream(InputStream in, long length) {
        super(in);
        this.left = length;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        if (left <= 0) {
            return -1;
        }
        int read = super.read(into, from, (int) Math.min(length, left));
        if (read < 0) {
            throw new EOFException("a file is shorter than it should be");
        }
        left -= read;
        return read;
    }
}
