package dev.parley.server.ledger;

import dev.parley.testkit.ledger.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A server that is killed and started again, always at the same port and with the same settings. */
final class Node implements AutoCloseable {

    private final Map<String, String> environment;
    private final Path log;
    private final String[] arguments;
    private final int port;
    private ServerProcess process;

    Node(Map<String, String> environment, Path folder, String name, List<String> arguments) {
        this.environment = environment;
        this.log = folder.resolve(name + ".log");
        this.port = freePort();
        this.arguments = Stream.concat(
                        arguments.stream(), Stream.of("--port", Integer.toString(port), "--management-port", "0"))
                .toArray(String[]::new);
        this.process = ServerProcess.start(environment, log, this.arguments);
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    ServerProcess process() {
        return process;
    }

    /** The server alone; what it started is told by the system. */
    void kill() {
        process.kill();
    }

    /** The server and all that it started, its database among that. */
    void killWithChildren() {
        process.killWithChildren();
    }

    /** What the server started, its database, and not the server. */
    void killChildren() {
        process.killChildren();
    }

    void start() {
        process = ServerProcess.start(environment, log, arguments);
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
