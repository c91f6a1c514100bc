package dev.parley.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.TimeUnit;

/** Ports for programs that cannot choose one by themselves. */
final class FreePorts {

    private static final int PATIENCE_SECONDS = 30;

    private FreePorts() {}

    /** Free now; somebody else could take it before it is used. */
    static int one() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Until somebody listens there. */
    static void await(int port) throws IOException, InterruptedException {
        long patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (true) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
                return;
            } catch (IOException notYet) {
                if (System.nanoTime() > patience) {
                    throw new IOException("nobody listens on port " + port, notYet);
                }
                TimeUnit.MILLISECONDS.sleep(50);
            }
        }
    }
}
