package dev.parley.server.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.wiring.RunningServer;
import dev.parley.server.wiring.WhatsAppCustomer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** <a href="https://www.npmjs.com/package/kitsu">kitsu</a>, a JSON:API client for Node.js, works without a special case. */
class KitsuTest {

    private static final String PARTNER = "pp_kitsu-test-token-0123456789abc";
    private static final String PHONE = "31600000071";

    @TempDir
    Path folder;

    @Test
    void doesWhatAnApplicationDoes() throws Exception {
        NodeProject project = NodeProject.install("kitsu", folder.resolve("client"));
        try (RunningServer server = new RunningServer(folder.resolve("data"), PARTNER)) {
            WhatsAppCustomer customer = new WhatsAppCustomer(
                    server, new WhatsAppCustomer.Secrets("kitsu-access", "kitsu-app", "kitsu-verify", "Acme"));
            customer.write(PHONE, "Ada", "Hello");
            NodeProject.Run run = project.run("session.mjs", server.baseUrl(), customer.token, PHONE);
            assertThat(run.output()).contains("all went well");
            assertThat(run.status()).isZero();
        }
    }
}
