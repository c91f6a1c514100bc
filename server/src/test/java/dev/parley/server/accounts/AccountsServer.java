package dev.parley.server.accounts;

import dev.parley.connector.Connector;
import dev.parley.server.platform.db.Database;
import dev.parley.server.platform.db.DatabaseOptions;
import dev.parley.server.platform.db.Migrations;
import dev.parley.server.platform.http.Access;
import dev.parley.server.platform.http.Caller;
import dev.parley.server.platform.http.HttpEdge;
import dev.parley.server.platform.http.HttpObserver;
import dev.parley.server.platform.http.HttpOptions;
import dev.parley.server.platform.http.HttpServer;
import dev.parley.server.platform.ids.Ids;
import dev.parley.server.platform.json.Json;
import dev.parley.server.platform.jsonapi.JsonApi;
import dev.parley.testkit.clock.SteerableClock;
import dev.parley.testkit.postgres.TestDatabase;
import dev.parley.testkit.postgres.TestPostgres;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.NullUnmarked;
import tools.jackson.databind.JsonNode;

/** The resource behind a real HTTP server, on a database of its own. */
@NullUnmarked
final class AccountsServer implements AutoCloseable {

    static final UUID ONE = UUID.fromString("00000000-0000-7000-8000-000000000001");
    static final UUID TWO = UUID.fromString("00000000-0000-7000-8000-000000000002");
    static final String PUBLIC_URL = "https://parley.example.com";
    private static final String BASE = "/public/v2/channel-accounts";
    private static final TestPostgres.Template MIGRATED = TestPostgres.template("accounts", AccountsServer::migrate);

    final SteerableClock clock = SteerableClock.fixed();
    final List<UUID> changed = new CopyOnWriteArrayList<>();
    final List<String> released = new CopyOnWriteArrayList<>();
    final Database database;
    private final List<Connector> connectors;
    final CallbackAccounts callbacks;
    final AccountService service;
    private final TestDatabase testDatabase = MIGRATED.create();
    private final HttpServer server;
    private final HttpClient client = HttpClient.newHttpClient();

    AccountsServer() throws Exception {
        this(TestConnector.all());
    }

    AccountsServer(List<Connector> connectors) throws Exception {
        this.connectors = connectors;
        database = open(testDatabase);
        AccountSecrets secrets = new AccountSecrets(AccountsServer::seal, AccountsServer::open, AccountsServer::hash);
        callbacks = otherNode();
        service = new AccountService(
                database,
                connectors,
                secrets,
                () -> PUBLIC_URL,
                clock,
                callbacks,
                this::release,
                (o, id) -> changed.add(id));
        AccountResource resource = new AccountResource(service, AccountsServer::check, Ids.timeOrdered());
        JsonApi api = new JsonApi("/public/v2", 32);
        Map<String, Caller> callers =
                Map.of("one", Caller.organization(ONE, "one"), "two", Caller.organization(TWO, "two"));
        HttpEdge edge = new HttpEdge(
                callers::get,
                api.failures(),
                HttpObserver.NONE,
                () -> UUID.randomUUID().toString());
        server = HttpServer.start(
                HttpOptions.defaults(), edge, api.routes(resource.type(), Access.ORGANIZATION, resource));
    }

    /** What another node would find, with a memory of its own. */
    CallbackAccounts otherNode() {
        Map<String, Connector> byProvider = new HashMap<>();
        connectors.forEach(c -> byProvider.put(c.provider(), c));
        return new CallbackAccounts(
                database,
                new AccountReader(byProvider, AccountsServer::open),
                AccountsServer::hash,
                clock,
                (organization, account) -> {});
    }

    Answer get(String token, String path) throws Exception {
        return send(token, "GET", path, null);
    }

    Answer post(String token, String attributes) throws Exception {
        return send(token, "POST", "", "{\"data\":{\"type\":\"channelAccounts\",\"attributes\":" + attributes + "}}");
    }

    Answer postWithId(String token, String id, String attributes) throws Exception {
        return send(
                token,
                "POST",
                "",
                "{\"data\":{\"type\":\"channelAccounts\",\"id\":\"%s\",\"attributes\":%s}}".formatted(id, attributes));
    }

    Answer patch(String token, String id, String attributes) throws Exception {
        return send(
                token,
                "PATCH",
                "/" + id,
                "{\"data\":{\"type\":\"channelAccounts\",\"attributes\":" + attributes + "}}");
    }

    Answer delete(String token, String id) throws Exception {
        return send(token, "DELETE", "/" + id, null);
    }

    Answer send(String token, String method, String path, String body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.url() + BASE + path))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/vnd.api+json");
        request.method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
        return new Answer(response.statusCode(), response.body(), response);
    }

    /** Attributes of a number, which the organization's other accounts don't have. */
    static String phone(String number) {
        return phone(number, "secret-of-the-app", "");
    }

    static String phone(String number, String appSecret, String more) {
        return """
                {"channel":"whatsapp","provider":"whatsapp-cloud","name":"Number %1$s"%3$s,"settings":{"phoneNumberId":"%1$s",
                 "businessAccountId":"900","accessToken":"token-of-%1$s","appSecret":"%2$s"}}
                """.formatted(number, appSecret, more);
    }

    static String web(String name) {
        return "{\"channel\":\"web\",\"provider\":\"web\",\"name\":\"" + name + "\"}";
    }

    /** The events of one account in their order. */
    List<Told> events(String id) {
        return database.call(connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(
                            "select event, fields, state, organization_id, resource_type from events where resource_id = '"
                                    + id + "' order by position")) {
                List<Told> told = new ArrayList<>();
                while (row.next()) {
                    String state = row.getString("state");
                    told.add(new Told(
                            row.getString("event"),
                            row.getArray("fields") == null
                                    ? List.of()
                                    : List.of((String[]) row.getArray("fields").getArray()),
                            state == null ? null : Json.MAPPER.readTree(state),
                            row.getObject("organization_id", UUID.class),
                            row.getString("resource_type")));
                }
                return told;
            }
        });
    }

    record Told(String event, List<String> fields, JsonNode state, UUID organization, String type) {
        int version() {
            return state.at("/meta/version").asInt();
        }
    }

    /** All that a query gives, as text. */
    List<String> texts(String sql) {
        return database.call(connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(sql)) {
                List<String> texts = new ArrayList<>();
                while (row.next()) {
                    texts.add(row.getString(1));
                }
                return texts;
            }
        });
    }

    @Override
    public void close() {
        server.close();
        client.close();
        database.close();
        testDatabase.close();
    }

    private void release(Connection connection, UUID organization, UUID id, Instant at) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select deleted_at is not null from channel_accounts where id = '" + id + "'")) {
            row.next();
            released.add(id + " " + row.getBoolean(1));
        }
    }

    private static String check(URI url) {
        return url.getHost().endsWith(".internal") ? "the address is not public" : null;
    }

    /** Not encryption, but no text that was sealed can be found in it. */
    private static byte[] seal(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] ^= 0x5a;
        }
        return bytes;
    }

    private static String open(byte[] sealed) {
        byte[] bytes = sealed.clone();
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] ^= 0x5a;
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static byte[] hash(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static Database open(TestDatabase test) {
        return Database.open(new DatabaseOptions(
                test.jdbcUrl(), test.username(), test.password(), 12, true, Duration.ofSeconds(10)));
    }

    private static void migrate(TestDatabase test) {
        try (Database migrating = open(test)) {
            Migrations.run(migrating);
        }
    }
}
