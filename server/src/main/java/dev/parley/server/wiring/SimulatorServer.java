package dev.parley.server.wiring;

import dev.parley.simulator.Simulator;
import dev.parley.simulator.SimulatorOptions;
import java.net.URI;

/** The simulator alone. */
public final class SimulatorServer implements AutoCloseable {

    private final Simulator simulator;

    private SimulatorServer(Simulator simulator) {
        this.simulator = simulator;
    }

    /** Starts it; port 0 takes any free one. */
    public static SimulatorServer start(String host, int port) {
        return new SimulatorServer(
                Simulator.start(SimulatorOptions.defaults().withHost(host).withPort(port)));
    }

    /** Where it is reached. */
    public URI url() {
        return simulator.url();
    }

    @Override
    public void close() {
        simulator.close();
    }
}
