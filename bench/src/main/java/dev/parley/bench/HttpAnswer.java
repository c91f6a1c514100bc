package dev.parley.bench;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;

/** One answer as its bytes come: understands just enough HTTP/1.1 to know the status and where it ends. Not thread-safe. */
final class HttpAnswer {

    private static final byte[] LENGTH = "content-length:".getBytes(StandardCharsets.US_ASCII);

    /** Bytes that an answer may have. */
    static final int MOST = 16 << 10;

    private final byte[] buffer;
    private final ByteBuffer room;
    private int end = -1;
    private int whole = Integer.MAX_VALUE;

    HttpAnswer() {
        this(MOST);
    }

    HttpAnswer(int most) {
        buffer = new byte[most];
        room = ByteBuffer.wrap(buffer);
    }

    /** Takes what a stream has, waiting for it. */
    void read(InputStream in) throws IOException {
        took(in.read(buffer, room.position(), room.remaining()));
    }

    /** Takes what a channel has. */
    void read(ReadableByteChannel channel) throws IOException {
        int before = room.position();
        int n = channel.read(room);
        room.position(before);
        took(n);
    }

    private void took(int bytes) throws IOException {
        if (bytes < 0) {
            throw new EOFException("the server closed a connection");
        }
        room.position(room.position() + bytes);
    }

    /** Whether all of it is there. */
    boolean isWhole() throws IOException {
        if (end < 0) {
            end = endOfHead(room.position());
            if (end >= 0) {
                whole = end + contentLength(end);
            }
        }
        if (room.position() < whole && !room.hasRemaining()) {
            throw new IOException("an answer is longer than " + buffer.length + " bytes");
        }
        return room.position() >= whole;
    }

    /** Of a whole answer. */
    int status() {
        return (buffer[9] - '0') * 100 + (buffer[10] - '0') * 10 + (buffer[11] - '0');
    }

    /** Makes room for the next one. */
    void clear() {
        room.clear();
        end = -1;
        whole = Integer.MAX_VALUE;
    }

    private int endOfHead(int filled) {
        for (int i = 3; i < filled; i++) {
            if (buffer[i] == '\n' && buffer[i - 1] == '\r' && buffer[i - 2] == '\n' && buffer[i - 3] == '\r') {
                return i + 1;
            }
        }
        return -1;
    }

    private int contentLength(int head) throws IOException {
        for (int line = 0; line < head; line++) {
            if (buffer[line] == '\n' && startsLength(line + 1)) {
                return number(line + 1 + LENGTH.length);
            }
        }
        throw new IOException("an answer without Content-Length");
    }

    private boolean startsLength(int at) {
        for (int i = 0; i < LENGTH.length; i++) {
            if ((buffer[at + i] | 0x20) != (LENGTH[i] | 0x20)) {
                return false;
            }
        }
        return true;
    }

    private int number(int at) {
        int value = 0;
        for (int i = at; buffer[i] != '\r'; i++) {
            if (buffer[i] != ' ') {
                value = value * 10 + (buffer[i] - '0');
            }
        }
        return value;
    }
}
