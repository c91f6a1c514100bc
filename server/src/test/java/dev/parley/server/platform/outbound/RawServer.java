package dev.parley.server.platform.outbound;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A server on a bare socket that does what a test tells it, right or wrong. */
final class RawServer implements AutoCloseable {

    /** What is done with one accepted connection; it is closed afterwards. */
    interface Conduct {
        void converse(RawServer server, Socket socket) throws IOException;
    }

    final AtomicInteger accepted = new AtomicInteger();
    final List<String> heads = new CopyOnWriteArrayList<>();
    final List<String> bodies = new CopyOnWriteArrayList<>();
    private final ServerSocket listener;

    RawServer(Conduct conduct) throws IOException {
        listener = new ServerSocket(0, 512, InetAddress.ofLiteral("127.0.0.1"));
        Thread.ofVirtual().start(() -> accept(conduct));
    }

    URI uri(String scheme) {
        return URI.create(scheme + "://127.0.0.1:" + port() + "/inbox?x=1");
    }

    int port() {
        return listener.getLocalPort();
    }

    private void accept(Conduct conduct) {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                accepted.incrementAndGet();
                Thread.ofVirtual().start(() -> serve(conduct, socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Conduct conduct, Socket socket) {
        try (socket) {
            conduct.converse(this, socket);
        } catch (IOException e) {
            // the client has gone; each test looks at what it saw
        }
    }

    /** Reads one request whole; false when the client closed instead. */
    boolean read(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int c = in.read();
            if (c < 0) {
                return false;
            }
            head.append((char) c);
        }
        String text = head.toString();
        byte[] body = in.readNBytes(contentLength(text));
        heads.add(text);
        bodies.add(new String(body, StandardCharsets.UTF_8));
        return true;
    }

    private static int contentLength(String head) {
        return head.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length:"))
                .mapToInt(line -> Integer.parseInt(line.substring(15).strip()))
                .findFirst()
                .orElse(0);
    }

    static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    static String ok(String body) {
        return "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    /** As {@link #ok}, and says that the connection ends with it. */
    static String last(String body) {
        return "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
