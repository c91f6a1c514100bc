package dev.parley.server.wiring;

import dev.parley.server.platform.settings.Settings;
import java.net.URI;
import java.util.UUID;

/**
 * The server with the simulator beside it and something to look at in it.
 *
 * @param server the server
 * @param simulatorUrl where the simulator is reached
 * @param organizationId the seeded organization
 * @param organizationToken its token
 * @param messageThreadId a thread of it with an open window
 * @param candidatePhone the number that the candidate of this thread writes from, digits only
 * @param phoneNumberId the organization's number at the simulated provider
 */
public record Demo(
        ParleyServer server,
        URI simulatorUrl,
        UUID organizationId,
        String organizationToken,
        UUID messageThreadId,
        String candidatePhone,
        String phoneNumberId)
        implements AutoCloseable {

    /** Starts both and seeds the organization when it is not there yet. */
    public static Demo start(Settings settings, StartProgress progress) {
        ParleyServer server = ParleyServer.start(settings, progress);
        Operations.CreatedOrganization organization = Operations.createOrganization(settings, "Demo");
        return new Demo(
                server,
                URI.create("http://127.0.0.1:8090"),
                organization.id(),
                organization.token(),
                UUID.randomUUID(),
                "31612345678",
                "100000000000001");
    }

    @Override
    public void close() {
        server.close();
    }
}
