package dev.parley.postgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.random.RandomGenerator;

/** Finds a port of this machine's own address that nobody listens on. */
final class Ports {
    /** Below the range from which Linux takes the ports of outgoing connections, so that none of them is in the way. */
    private static final int FIRST = 20_000;

    private static final int END = 32_000;
    private static final int TRIES = 200;

    private Ports() {}

    static int free(RandomGenerator random) {
        for (int i = 0; i < TRIES; i++) {
            int port = random.nextInt(FIRST, END);
            if (isFree(port)) {
                return port;
            }
        }
        throw new PostgresException("No free port between " + FIRST + " and " + END + " on 127.0.0.1 for PostgreSQL.");
    }

    static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
