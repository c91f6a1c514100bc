package dev.parley.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * One keep-alive connection on a blocking socket. Not thread-safe.
 */
final class HttpLine implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 30_000;
    private static final ScheduledExecutorService ENDS = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("ends").factory());

    private final Socket socket = new Socket();
    private final InputStream in;
    private final OutputStream out;
    private final Future<?> ending;
    private final HttpAnswer answer;

    /** @param until is closed this long after it, also under a call: a time limit of the socket's own costs two more system calls a read */
    HttpLine(String host, int port, long until) throws IOException {
        this(host, port, until, HttpAnswer.MOST);
    }

    /** The same for answers of up to {@code most} bytes. */
    HttpLine(String host, int port, long until, int most) throws IOException {
        answer = new HttpAnswer(most);
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
        answer.clear();
        do {
            answer.read(in);
        } while (!answer.isWhole());
        return answer.status();
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
