package dev.parley.bench;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * One keep-alive connection on a blocking socket. Understands just enough HTTP/1.1 to know the status and where an answer
 * ends. Not thread-safe.
 */
final class HttpLine implements AutoCloseable {

    private static final byte[] LENGTH = "content-length:".getBytes(StandardCharsets.US_ASCII);
    private static final int PATIENCE_MILLIS = 30_000;
    private static final ScheduledExecutorService ENDS = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("ends").factory());

    private final Socket socket = new Socket();
    private final InputStream in;
    private final OutputStream out;
    private final Future<?> ending;
    private final byte[] buffer = new byte[16 << 10];

    /** @param until is closed this long after it, also under a call: a time limit of the socket's own costs two more system calls a read */
    HttpLine(String host, int port, long until) throws IOException {
        socket.setTcpNoDelay(true);
        ending = ENDS.schedule(
                this::end,
                until - System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS),
                TimeUnit.NANOSECONDS);
        socket.connect(new InetSocketAddress(host, port), PATIENCE_MILLIS);
        in = socket.getInputStream();
        out = socket.getOutputStream();
    }

    /** Sends a whole request, reads the whole answer, and gives its status. */
    int exchange(byte[] request) throws IOException {
        out.write(request);
        int filled = 0;
        int end = -1;
        int whole = Integer.MAX_VALUE;
        while (filled < whole) {
            int n = in.read(buffer, filled, buffer.length - filled);
            if (n <= 0) {
                throw new EOFException("the server closed a connection, or its answer is longer than " + buffer.length);
            }
            filled += n;
            if (end < 0) {
                end = endOfHead(filled);
                if (end >= 0) {
                    whole = end + contentLength(end);
                }
            }
        }
        return (buffer[9] - '0') * 100 + (buffer[10] - '0') * 10 + (buffer[11] - '0');
    }

    private int endOfHead(int filled) {
        for (int i = 3; i < filled; i++) {
            if (buffer[i] == '\n' && buffer[i - 1] == '\r' && buffer[i - 2] == '\n' && buffer[i - 3] == '\r') {
                return i + 1;
            }
        }
        return -1;
    }

    private int contentLength(int end) throws IOException {
        for (int line = 0; line < end; line++) {
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

    private void end() {
        try {
            close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        ending.cancel(false);
        socket.close();
    }
}
