package dev.parley.server.wiring;

import dev.parley.server.platform.secrets.DataFolder;
import dev.parley.server.platform.settings.Settings;
import java.net.URI;
import java.util.Objects;
import java.util.UUID;

/**
 * The server with the simulator beside it and something to look at in it.
 *
 * @param server the server
 * @param simulator beside it
 * @param seed what there is to look at
 */
public record Demo(ParleyServer server, SimulatorServer simulator, DemoSeed seed) implements AutoCloseable {

    private static final int SIMULATOR_PORT = 8090;

    /** Starts both and seeds the organization when it is not there yet. */
    public static Demo start(Settings settings, StartProgress progress) {
        progress.step("starting the simulator");
        int port = settings.listen().port() == 0 ? 0 : SIMULATOR_PORT;
        SimulatorServer simulator = SimulatorServer.start("127.0.0.1", port);
        try {
            return start(settings, progress, simulator);
        } catch (RuntimeException e) {
            simulator.close();
            throw e;
        }
    }

    private static Demo start(Settings settings, StartProgress progress, SimulatorServer simulator) {
        ParleyServer server = ParleyServer.start(settings, progress);
        try {
            DemoSeed seed = DemoSeed.plant(server, simulator.url(), DataFolder.open(settings.data()));
            return new Demo(server, simulator, seed);
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }

    /** Where the simulator is reached. */
    public URI simulatorUrl() {
        return simulator.url();
    }

    /** The seeded organization. */
    public UUID organizationId() {
        return seed.organizationId();
    }

    /** Its token. */
    public String organizationToken() {
        return seed.organizationToken();
    }

    /** A thread of it with an open window. */
    public UUID messageThreadId() {
        return seed.messageThreadId();
    }

    /** An approved message template of it, with two variables. */
    public UUID messageTemplateId() {
        return Objects.requireNonNull(seed.messageTemplateId());
    }

    /** The number that the candidate of this thread writes from, digits only. */
    public String candidatePhone() {
        return DemoSeed.CANDIDATE_PHONE;
    }

    /** The organization's number at the simulated provider. */
    public String phoneNumberId() {
        return DemoSeed.PHONE_NUMBER_ID;
    }

    @Override
    public void close() {
        server.close();
        simulator.close();
    }
}
