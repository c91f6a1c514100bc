package dev.parley.server.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.postgres.ConnectionFile;
import dev.parley.server.Schema;
import dev.parley.server.platform.http.HttpClients;
import dev.parley.server.platform.http.Route;
import dev.parley.server.platform.json.Json;
import dev.parley.server.platform.jsonapi.ResourceType;
import dev.parley.server.platform.settings.Settings;
import dev.parley.simulator.Simulator;
import dev.parley.simulator.SimulatorOptions;
import dev.parley.testkit.postgres.PostgresBinaries;
import dev.parley.testkit.postgres.TestDatabase;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The whole server as it is run, and the simulator beside it. Its database is one of its own in the tests' PostgreSQL, or
 * the embedded one, for tests of what happens to that.
 */
public final class RunningServer implements AutoCloseable {

    /** What a server on a database of its own encrypts with. */
    static final String SECRET_KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

    private static final String CONTROL_FILE = "pg_control";

    /** What the server remembers. */
    public final Path data;

    /** The token for the management paths. */
    public final String partnerToken;

    private final @Nullable TestDatabase database;
    private final ParleyServer server;
    private final int simulatorPort;
    private Simulator simulator;

    /** Starts both. */
    public RunningServer(Path data, String partnerToken) {
        this(data, partnerToken, Map.of());
    }

    /** The same with further settings. */
    public RunningServer(Path data, String partnerToken, Map<String, String> more) {
        this(data, partnerToken, more, more.containsKey("databaseUrl") ? null : Schema.create());
    }

    private RunningServer(Path data, String partnerToken, Map<String, String> more, @Nullable TestDatabase database) {
        this(data, partnerToken, more, database, InstantSource.system());
    }

    private RunningServer(
            Path data,
            String partnerToken,
            Map<String, String> more,
            @Nullable TestDatabase database,
            InstantSource machine) {
        this.data = data;
        this.partnerToken = partnerToken;
        this.database = database;
        this.simulator = Simulator.start(SimulatorOptions.defaults());
        this.simulatorPort = simulator.url().getPort();
        Map<String, String> settings = new HashMap<>(Map.of(
                "port",
                "0",
                "managementPort",
                "0",
                "data",
                data.toString(),
                "partnerToken",
                partnerToken,
                "log.level",
                "debug"));
        if (database != null) {
            settings.putAll(on(database));
        }
        settings.putAll(more);
        this.server = ParleyServer.start(Settings.of(settings).withLoopbackAllowed(), step -> {}, machine);
    }

    /** Starts both, the server as on a machine with that clock. */
    static RunningServer onClock(Path data, String partnerToken, InstantSource machine) {
        return new RunningServer(data, partnerToken, Map.of("log.level", "error"), Schema.create(), machine);
    }

    /** Starts both, the embedded PostgreSQL in the folder, which is not there yet, with them. */
    public static RunningServer embedded(Path data, String partnerToken, Map<String, String> more) {
        PostgresBinaries.linkInto(data);
        return new RunningServer(data, partnerToken, more, null);
    }

    /** The settings of a server on that database. */
    public static Map<String, String> on(TestDatabase database) {
        return Map.of(
                "databaseUrl",
                database.jdbcUrl() + "?user=" + database.username() + "&password=" + database.password(),
                "database.allowUnsafe",
                "true",
                "secretKey",
                SECRET_KEY);
    }

    /** All that is served. */
    public List<Route> routes() {
        return server.routes();
    }

    /** The declarations of all paths of resources. */
    public List<ResourceType> routed() {
        return server.routed();
    }

    /** The declarations of all resources. */
    public Collection<ResourceType> types() {
        return server.types();
    }

    /** Where the server is, without a slash at the end. */
    public String url() {
        return server.url().toString();
    }

    /** Where the simulator is. */
    public String simulatorUrl() {
        return simulator.url().toString();
    }

    /** The provider is gone. */
    public void stopSimulator() {
        simulator.close();
    }

    /** The provider is back, where it was. */
    public void startSimulator() {
        simulator = Simulator.start(SimulatorOptions.defaults().withPort(simulatorPort));
    }

    /** Where the API begins. */
    public String baseUrl() {
        return server.url() + "/public/v2";
    }

    /** Sends a request to the API, below its base path; a body goes as JSON. */
    public HttpResponse<String> api(
            String method, String path, String token, @Nullable String body, String... headers) {
        String[] all = Stream.concat(
                        Stream.of("Authorization", "Bearer " + token, "Content-Type", "application/json"),
                        Stream.of(headers))
                .toArray(String[]::new);
        return HttpClients.send(method, baseUrl() + path, body, all);
    }

    /** Makes a resource and returns its {@code data}. */
    public JsonNode make(String path, String token, String type, Map<String, ?> attributes) {
        String body = Json.text(Map.of("data", Map.of("type", type, "attributes", attributes)));
        HttpResponse<String> answer = api("POST", path, token, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return Json.MAPPER.readTree(answer.body()).path("data");
    }

    /** Makes a channel account of the organization's own site, which needs no provider; its {@code data}. */
    public JsonNode site(String token) {
        return make(
                "/channel-accounts",
                token,
                "channelAccounts",
                Map.of(
                        "channel",
                        "web",
                        "provider",
                        "web",
                        "name",
                        "Site",
                        "settings",
                        Map.of("secret", "0123456789abcdef0123456789abcdef")));
    }

    /** Reads one resource's attributes. */
    public JsonNode attributes(String path, String token) {
        HttpResponse<String> answer = api("GET", path, token, null);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Json.MAPPER.readTree(answer.body()).path("data").path("attributes");
    }

    /** Sends a request to anything at the API's port. */
    public HttpResponse<String> raw(String method, String path, @Nullable String body, String... headers) {
        return HttpClients.send(method, server.url() + path, body, headers);
    }

    /** Gets a page of the management port. */
    public HttpResponse<String> management(String path) {
        return HttpClients.send("GET", server.managementUrl() + path, null);
    }

    /** The value of a series on the metrics page: the sum of those whose name and labels begin with {@code series}. */
    public double metric(String series) {
        return management("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(series))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** Whether there is such a series. */
    public boolean hasMetric(String series) {
        return management("/metrics").body().lines().anyMatch(line -> line.startsWith(series));
    }

    /** Posts to the simulator's controls. */
    public JsonNode control(String path, Map<String, ?> body) {
        HttpResponse<String> answer = HttpClients.send(
                "POST", simulatorUrl() + "/_control" + path, Json.text(body), "Content-Type", "application/json");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Json.MAPPER.readTree(answer.body());
    }

    /** A connection to the server's database, which the caller closes; not for servers with a database that was given. */
    public Connection connect() throws SQLException {
        if (database != null) {
            return database.connect();
        }
        ConnectionFile file = ConnectionFile.read(data.resolve("postgres")).orElseThrow();
        return DriverManager.getConnection(file.jdbcUrl(), file.username(), file.password());
    }

    /** Runs a statement in the server's database. */
    public void sql(String statement) throws SQLException {
        try (Connection connection = connect();
                Statement running = connection.createStatement()) {
            running.execute(statement);
        }
    }

    /** The first column of a query's first row. */
    public String query(String query) throws SQLException {
        try (Connection connection = connect();
                Statement running = connection.createStatement();
                ResultSet row = running.executeQuery(query)) {
            assertThat(row.next()).isTrue();
            return row.getString(1);
        }
    }

    /** Kills the embedded database's main process; the server starts it again. */
    public void killDatabase() throws IOException {
        Path pidFile = find("postmaster.pid");
        long pid = Long.parseLong(Files.readAllLines(pidFile).getFirst().strip());
        assertThat(ProcessHandle.of(pid).orElseThrow().destroyForcibly()).isTrue();
    }

    /** Kills the database in a way that it cannot be started again until {@link #repairDatabase}. */
    public void breakDatabase() throws IOException {
        Path control = find(CONTROL_FILE);
        Files.move(control, control.resolveSibling(CONTROL_FILE + ".aside"));
        killDatabase();
    }

    /** Lets the database be started again. */
    public void repairDatabase() throws IOException {
        Path aside = find(CONTROL_FILE + ".aside");
        Files.move(aside, aside.resolveSibling(CONTROL_FILE));
    }

    private Path find(String name) throws IOException {
        try (Stream<Path> files = Files.find(data.resolve("postgres"), 6, (path, attributes) -> path.endsWith(name))) {
            return files.findFirst().orElseThrow(() -> new AssertionError("no " + name));
        }
    }

    @Override
    public void close() {
        server.close();
        simulator.close();
        if (database != null) {
            database.close();
        }
    }
}
