package dev.parley.server.wiring;

import java.net.URI;

/** The simulator alone. */
public final class SimulatorServer implements AutoCloseable {

    private final URI url;

    private SimulatorServer(URI url) {
        this.url = url;
    }

    /** Starts it; port 0 takes any free one. */
    public static SimulatorServer start(String host, int port) {
        return new SimulatorServer(URI.create("http://" + host + ":" + port));
    }

    /** Where it is reached. */
    public URI url() {
        return url;
    }

    @Override
    public void close() {}
}
