package dev.parley.server.wiring;

import dev.parley.server.organizations.Made;
import dev.parley.server.platform.json.Json;
import dev.parley.server.platform.secrets.DataFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What the demo has to look at: an organization with a number at the simulator, a candidate, and a thread whose window the
 * candidate's first message opens. Made through the API, as a customer would; remembered in the data folder, so that a second
 * demo on it shows the same.
 */
record DemoSeed(
        UUID organizationId,
        String organizationToken,
        UUID accountId,
        UUID messageThreadId,
        @Nullable UUID messageTemplateId) {

    static final String PHONE_NUMBER_ID = "100000000000001";
    static final String CANDIDATE_PHONE = "31612345678";
    static final String TEMPLATE = "interview_invitation";
    private static final String BUSINESS_ACCOUNT_ID = "200000000000001";
    private static final String APP_SECRET = "demo-app-secret";

    /** Makes it, or brings the one that is there up to the addresses of this start. */
    static DemoSeed plant(ParleyServer server, URI simulator, DataFolder folder) {
        Path file = folder.path().resolve("demo.json");
        // Before the server asks for it: it reads an account's templates as soon as it hears of the account.
        template(simulator);
        number(simulator, Map.of());
        DemoSeed kept = Files.exists(file) ? read(file) : null;
        // Whoever tries out erasing or deleting has a demo afterwards, too.
        DemoSeed seed = kept != null && kept.isThere(server) ? kept : make(server, simulator, file);
        DemoClient client = new DemoClient(server.url(), seed.organizationToken());
        JsonNode account = client.patch(
                "/channel-accounts/" + seed.accountId(),
                "channelAccounts",
                seed.accountId(),
                Map.of("settings", Map.of("baseUrl", simulator.toString())));
        register(simulator, account.path("attributes").path("callbackUrl").asString());
        client.post(
                URI.create(simulator + "/_control/reply"),
                Map.of(
                        "phoneNumberId",
                        PHONE_NUMBER_ID,
                        "from",
                        CANDIDATE_PHONE,
                        "text",
                        "Hi, I saw your vacancy. Is it still open?",
                        "wait",
                        true));
        client.awaitWindow(seed.messageThreadId());
        return seed.with(client.awaitTemplate(TEMPLATE));
    }

    private boolean isThere(ParleyServer server) {
        DemoClient client = new DemoClient(server.url(), organizationToken);
        return client.finds("/channel-accounts/" + accountId) && client.finds("/message-threads/" + messageThreadId);
    }

    private static DemoSeed make(ParleyServer server, URI simulator, Path file) {
        Made made = server.organizations().create("Demo");
        DemoClient client = new DemoClient(server.url(), made.token());
        UUID account = client.create(
                "/channel-accounts",
                "channelAccounts",
                Map.of(
                        "channel",
                        "whatsapp",
                        "provider",
                        "whatsapp-cloud",
                        "name",
                        "Simulated WhatsApp number",
                        "settings",
                        Map.of(
                                "phoneNumberId",
                                PHONE_NUMBER_ID,
                                "businessAccountId",
                                BUSINESS_ACCOUNT_ID,
                                "accessToken",
                                "demo-access-token",
                                "appSecret",
                                APP_SECRET,
                                "verifyToken",
                                "demo-verify-token",
                                "baseUrl",
                                simulator.toString())));
        UUID candidate = client.create(
                "/candidates",
                "candidates",
                Map.of("phone", "+" + CANDIDATE_PHONE, "firstName", "Ada", "lastName", "Jansen"));
        UUID thread = client.create(
                "/message-threads",
                "messageThreads",
                Map.of("channel", "whatsapp", "identifier", CANDIDATE_PHONE, "candidateId", candidate.toString()));
        DemoSeed seed = new DemoSeed(made.id(), made.token(), account, thread, null);
        seed.write(file);
        return seed;
    }

    private DemoSeed with(UUID template) {
        return new DemoSeed(organizationId, organizationToken, accountId, messageThreadId, template);
    }

    /** One that was approved long ago: the simulator forgets all when it ends. */
    private static void template(URI simulator) {
        new DemoClient(simulator, "")
                .post(
                        URI.create(simulator + "/_control/templates"),
                        Map.of(
                                "wabaId", BUSINESS_ACCOUNT_ID,
                                "name", TEMPLATE,
                                "body", "Hi {{1}}, shall we meet on {{2}} at our office?"));
    }

    private static void number(URI simulator, Map<String, String> callbacks) {
        Map<String, String> number = new HashMap<>(callbacks);
        number.putAll(Map.of(
                "phoneNumberId", PHONE_NUMBER_ID,
                "wabaId", BUSINESS_ACCOUNT_ID,
                "displayPhoneNumber", "15550100001"));
        new DemoClient(simulator, "").post(URI.create(simulator + "/_control/numbers"), number);
    }

    private static void register(URI simulator, String callbackUrl) {
        number(simulator, Map.of("appSecret", APP_SECRET, "callbackUrl", callbackUrl));
        // Nobody is there to review what is handed in.
        new DemoClient(simulator, "")
                .post(
                        URI.create(simulator + "/_control/templates/settings"),
                        Map.of("review", "approve", "delayMs", 1000));
    }

    private static DemoSeed read(Path file) {
        try {
            return Json.MAPPER.readValue(Files.readString(file), DemoSeed.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(Path file) {
        try {
            Path draft = Files.createTempFile(
                    file.getParent(),
                    "demo",
                    ".json",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(draft, Json.text(this));
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return organizationId.toString();
    }
}
