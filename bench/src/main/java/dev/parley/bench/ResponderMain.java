package dev.parley.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * Answers everything with the same 201, as long as a real one, as soon as a request's body has ended. Shows how fast the load
 * generator is by itself. Prints its port and runs until the process is ended.
 */
public final class ResponderMain {

    private static final byte[] ANSWER =
            ("HTTP/1.1 201 Created\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n"
                            + "x".repeat(1000))
                    .getBytes(StandardCharsets.US_ASCII);

    private ResponderMain() {}

    /** Runs until ended. */
    public static void main(String[] arguments) throws IOException {
        try (ServerSocket server = new ServerSocket(0, 256, InetAddress.getLoopbackAddress())) {
            System.out.println(server.getLocalPort());
            while (true) {
                Socket socket = server.accept();
                Thread.ofPlatform().daemon().start(() -> serve(socket));
            }
        }
    }

    private static void serve(Socket socket) {
        byte[] buffer = new byte[16 << 10];
        try (socket) {
            socket.setTcpNoDelay(true);
            InputStream in = socket.getInputStream();
            OutputStream out = socket.getOutputStream();
            // The generator writes a request at once, and waits: each read that ends with the body's braces ends one.
            for (int n = in.read(buffer); n > 0; n = in.read(buffer)) {
                if (buffer[n - 1] == '}') {
                    out.write(ANSWER);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
