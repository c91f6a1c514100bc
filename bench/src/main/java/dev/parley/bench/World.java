package dev.parley.bench;

import dev.parley.postgres.ConnectionFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;

/** Server, embedded database and simulator, with an organization whose candidates have all just written. */
final class World {

    private static final String NUMBER = "100000000000001";
    private static final int PAGE = 100;

    private final BenchOptions options;
    private final Launcher.Server server;
    private final Children.Started fake;
    private final String simulator;
    private final URI url;
    private final ApiClient api;
    private final String token;
    private final String account;
    private final String partnerToken;
    private String callbackUrl = "";

    private World(
            BenchOptions options, Launcher.Server server, Children.Started fake, Launcher.Organization organization)
            throws IOException, InterruptedException {
        this.options = options;
        this.server = server;
        this.fake = fake;
        this.simulator = fake.line();
        this.url = server.url();
        this.partnerToken = server.ready().path("partnerToken").asString();
        this.token = organization.token();
        this.api = new ApiClient(url + "/public/v2", token);
        this.account = connectAccount();
    }

    /** Starts everything and seeds it through the API. */
    static World start(BenchOptions options, Children children) throws IOException, InterruptedException {
        return start(options, children, (file, organization) -> {});
    }

    /** What is made in the database before there are threads. */
    @FunctionalInterface
    interface Seeding {
        void seed(ConnectionFile file, UUID organization);
    }

    static World start(BenchOptions options, Children children, Seeding seeding)
            throws IOException, InterruptedException {
        Children.Started simulator = children.start(
                "simulator",
                List.of(
                        Programs.java(),
                        "-XX:+UseSerialGC",
                        "-Xmx1g",
                        "-cp",
                        Programs.classPath(),
                        "dev.parley.simulator.SimulatorMain"),
                Map.of());
        Launcher launcher =
                new Launcher(options.home().resolve("parley"), data(options), Launcher.WITHOUT_CACHE, children);
        Launcher.Server server = launcher.serve(
                "server", "--outbound-allow", "127.0.0.0/8", "--limits-webhooks-per-organization", "1000");
        Launcher.Organization organization = launcher.organization("Bench");
        seeding.seed(ConnectionFile.read(data(options).resolve("postgres")).orElseThrow(), organization.id());
        World world = new World(options, server, simulator, organization);
        world.openThreads();
        return world;
    }

    static Path data(BenchOptions options) {
        return options.work().resolve("data");
    }

    private String connectAccount() throws IOException, InterruptedException {
        JsonNode made = Accounts.connect(api, NUMBER, simulator, accountRate(options));
        callbackUrl = made.path("attributes").path("callbackUrl").asString();
        callBack(1);
        return made.path("id").asString();
    }

    /** So far above what is sent that what waits can be caught up with; at the rate itself a pause would never be made good. */
    static int accountRate(BenchOptions options) {
        return Math.max(1000, 2 * options.lifecycle());
    }

    /** The simulator calls statuses back, this many in a request at most. */
    void callBack(int batch) throws IOException, InterruptedException {
        callBack(NUMBER, callbackUrl, batch);
    }

    /** The same for another number. */
    void callBack(String number, String url, int batch) throws IOException, InterruptedException {
        new ApiClient(simulator, "")
                .post(
                        "/_control/numbers",
                        Map.of(
                                "phoneNumberId",
                                number,
                                "wabaId",
                                Accounts.BUSINESS,
                                "displayPhoneNumber",
                                "15550100001",
                                "appSecret",
                                Accounts.APP_SECRET,
                                "callbackUrl",
                                url,
                                "batch",
                                batch,
                                "gatherMs",
                                batch == 1 ? 0 : 5,
                                "inFlight",
                                128));
    }

    /** Every candidate writes: that makes the thread and opens its window. Their ids go to a file for the load generator. */
    private void openThreads() throws IOException, InterruptedException {
        ApiClient phones = new ApiClient(simulator, "");
        for (int i = 0; i < options.threads(); i++) {
            phones.post(
                    "/_control/reply",
                    Map.of("phoneNumberId", NUMBER, "from", Long.toString(31_690_000_000L + i), "text", "Hello"));
        }
        long patience = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        while (total() < options.threads()) {
            if (System.nanoTime() > patience) {
                throw new IOException("only " + total() + " of " + options.threads() + " threads were made");
            }
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
        Files.write(threads(), ids());
    }

    private int total() throws IOException, InterruptedException {
        return api.get("/message-threads?page%5Bsize%5D=1")
                .path("meta")
                .path("total")
                .asInt();
    }

    private List<String> ids() throws IOException, InterruptedException {
        List<String> ids = new ArrayList<>();
        for (int page = 1; ids.size() < options.threads(); page++) {
            JsonNode data = api.get("/message-threads?page%5Bsize%5D=" + PAGE + "&page%5Bnumber%5D=" + page)
                    .path("data");
            if (data.isEmpty()) {
                throw new IOException("the list of threads ends at " + ids.size());
            }
            data.forEach(thread -> ids.add(thread.path("id").asString()));
        }
        return ids;
    }

    /** Whether messages are handed to the simulator, or only accepted. */
    void sending(boolean on) throws IOException, InterruptedException {
        api.patch("/channel-accounts", "channelAccounts", account, Map.of("status", on ? "connected" : "paused"));
    }

    /** From now on messages go to another door than the simulator's. */
    void door(String baseUrl) throws IOException, InterruptedException {
        api.patch("/channel-accounts", "channelAccounts", account, Map.of("settings", Map.of("baseUrl", baseUrl)));
    }

    ApiClient management() {
        return new ApiClient(url + "/public/v2/management", partnerToken);
    }

    /** Of another organization. */
    ApiClient api(String otherToken) {
        return new ApiClient(url + "/public/v2", otherToken);
    }

    String simulatorUrl() {
        return simulator;
    }

    String token() {
        return token;
    }

    int port() {
        return url.getPort();
    }

    BenchOptions options() {
        return options;
    }

    /** With the organization's token. */
    ApiClient api() {
        return api;
    }

    /** A load for {@link OpenLoop}, written to all threads in turns. */
    Traffic traffic(int connections, int seconds, int rate) throws IOException {
        return traffic(connections, seconds, rate, threads());
    }

    /** The same to the threads in a file. */
    Traffic traffic(int connections, int seconds, int rate, Path threads) throws IOException {
        return new LoadSettings(
                        "127.0.0.1", List.of(url.getPort()), token, connections, seconds, rate, threads, notes())
                .traffic();
    }

    long serverPid() {
        return server.pid();
    }

    long simulatorPid() {
        return fake.pid();
    }

    ApiClient simulator() {
        return new ApiClient(simulator, "");
    }

    Path threads() {
        return options.work().resolve("threads");
    }

    LoadResult load(int connections, int seconds, int rate) throws IOException, InterruptedException {
        return load(url.getPort(), connections, seconds, rate);
    }

    /**
     * Runs the load generator against a port of this machine. It runs in this process, which stays: in one of its own it would
     * spend a good part of each round on being compiled, on processors that it shares with what is measured.
     */
    LoadResult load(int port, int connections, int seconds, int rate) throws IOException, InterruptedException {
        LoadSettings settings =
                new LoadSettings("127.0.0.1", List.of(port), token, connections, seconds, rate, threads(), notes());
        if (rate == 0) {
            return new ClosedLoop(settings).run();
        }
        OpenLoop loop = new OpenLoop(settings.traffic());
        LoadResult result = loop.run();
        loop.writeNotes(notes());
        return result;
    }

    Path notes() {
        return options.work().resolve("notes");
    }
}
