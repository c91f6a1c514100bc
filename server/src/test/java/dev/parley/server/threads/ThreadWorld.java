package dev.parley.server.threads;

import dev.parley.connector.Connector;
import dev.parley.connectors.Connectors;
import dev.parley.server.Schema;
import dev.parley.server.erasure.ErasureRoutes;
import dev.parley.server.messages.AcceptClaims;
import dev.parley.server.messages.Delivery;
import dev.parley.server.messages.Message;
import dev.parley.server.messages.Origin;
import dev.parley.server.messages.Phase;
import dev.parley.server.messages.SubmitCommand;
import dev.parley.server.messages.SubmitCommand.Idempotency;
import dev.parley.server.messages.SubmitMeter;
import dev.parley.server.messages.SubmitService;
import dev.parley.server.messages.Submitted;
import dev.parley.server.payloads.ChannelRule;
import dev.parley.server.platform.db.Database;
import dev.parley.server.platform.db.GroupLimits;
import dev.parley.server.platform.db.Written;
import dev.parley.server.platform.http.Access;
import dev.parley.server.platform.http.Caller;
import dev.parley.server.platform.http.HttpClients;
import dev.parley.server.platform.http.HttpEdge;
import dev.parley.server.platform.http.HttpObserver;
import dev.parley.server.platform.http.HttpOptions;
import dev.parley.server.platform.http.HttpServer;
import dev.parley.server.platform.http.Route;
import dev.parley.server.platform.ids.Ids;
import dev.parley.server.platform.json.Json;
import dev.parley.server.platform.jsonapi.JsonApi;
import dev.parley.server.platform.quota.Quota;
import dev.parley.testkit.postgres.TestDatabase;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Threads and erasing served over HTTP for two organizations, on a database, with accounts and candidates. */
public final class ThreadWorld implements AutoCloseable {

    static final String PATH = "/public/v2/message-threads";

    public final TestDatabase test = Schema.create();
    public final Database database = Schema.open(test);
    public final UUID organization = UUID.randomUUID();
    public final UUID otherOrganization = UUID.randomUUID();
    public final UUID account = account(organization, "whatsapp", true);
    final UUID secondAccount = account(organization, "whatsapp", false);
    final UUID webAccount = account(organization, "web", true);
    public final Queue<UUID> woken = new ConcurrentLinkedQueue<>();
    final ThreadSweep sweep;
    public final ThreadIdentity identity;
    private final Ids ids = Ids.timeOrdered();
    private final SubmitService submit;
    private final HttpServer server;

    public ThreadWorld() throws Exception {
        List<Connector> connectors = Connectors.all();
        InstantSource clock = InstantSource.system();
        sweep = new ThreadSweep(database, clock, (organization, account) -> woken.add(account));
        identity = new ThreadIdentity(database, connectors, ids, clock, () -> {});
        submit = new SubmitService(
                database,
                new GroupLimits(GroupLimits.ROWS, GroupLimits.BYTES, 1000, 10_000, Duration.ofSeconds(2)),
                connectors.stream().map(ChannelRule::of).toList(),
                Duration.ofHours(24),
                (organization, account) -> {},
                AcceptClaims.NONE,
                SubmitMeter.NONE,
                Quota.none(database));
        JsonApi api = new JsonApi("/public/v2", 32);
        List<Route> routes = new ArrayList<>(api.routes(
                MessageThreadResource.TYPE,
                Access.ORGANIZATION,
                new MessageThreadResource(database, connectors, sweep, ids, clock)));
        routes.addAll(new ErasureRoutes(
                        api, database, ThreadWorld::fingerprint, clock, Duration.ofSeconds(90), Duration.ofMillis(300))
                .routes());
        HttpEdge edge = new HttpEdge(
                token -> Caller.organization(token.equals("one") ? organization : otherOrganization, token),
                api.failures(),
                HttpObserver.NONE,
                () -> "id");
        server = HttpServer.start(HttpOptions.defaults(), edge, routes);
    }

    public static byte[] fingerprint(String text) {
        return Integer.toHexString(text.hashCode()).getBytes(StandardCharsets.US_ASCII);
    }

    private UUID account(UUID owner, String channel, boolean isDefault) {
        UUID id = UUID.randomUUID();
        run("insert into channel_accounts (organization_id, id, channel, provider, name, is_default, status, "
                + "messages_per_second, in_doubt, settings, secrets, created_at, updated_at) values ('%s','%s','%s','p','n',%s,"
                        .formatted(owner, id, channel, isDefault)
                + "'connected',100,'fail','{}','', now(), now())");
        return id;
    }

    public UUID candidate(UUID owner, String phone, String name) {
        UUID id = ids.next();
        run(
                "insert into candidates (organization_id, id, phone, first_name, created_at, updated_at) values ('%s','%s','%s','%s', now(), now())"
                        .formatted(owner, id, phone, name));
        return id;
    }

    public HttpResponse<String> send(String token, String method, String path, @Nullable String body) {
        return HttpClients.send(
                method,
                server.url() + path,
                body,
                "Authorization",
                "Bearer " + token,
                "Content-Type",
                "application/vnd.api+json");
    }

    HttpResponse<String> post(String attributes) {
        return send(
                "one", "POST", PATH, "{\"data\":{\"type\":\"messageThreads\",\"attributes\":{" + attributes + "}}}");
    }

    HttpResponse<String> patch(UUID id, String attributes) {
        return send(
                "one",
                "PATCH",
                PATH + "/" + id,
                "{\"data\":{\"type\":\"messageThreads\",\"attributes\":{" + attributes + "}}}");
    }

    JsonNode get(UUID id) {
        return json(send("one", "GET", PATH + "/" + id, null)).get("data");
    }

    /** A new WhatsApp thread. */
    public UUID thread(String identifier) {
        return id(post("\"channel\":\"whatsapp\",\"identifier\":\"" + identifier + "\""));
    }

    static UUID id(HttpResponse<String> answer) {
        return UUID.fromString(json(answer).path("data").path("id").asString());
    }

    public static JsonNode json(HttpResponse<String> answer) {
        return Json.MAPPER.readTree(answer.body());
    }

    /** The first error as status, code and source. */
    static String error(HttpResponse<String> answer) {
        JsonNode error = json(answer).get("errors").get(0);
        JsonNode source = error.path("source").path("pointer");
        return answer.statusCode() + " " + error.get("code").asString()
                + (source.isMissingNode() ? "" : " " + source.asString());
    }

    /** Opens the thread's window and accepts a text. */
    public UUID submit(UUID thread, String text, @Nullable Idempotency idempotency) {
        run("insert into thread_windows select '%s', '%s', '%s', now() + interval '1 hour' on conflict do nothing"
                .formatted(organization, thread, account));
        Instant now = Instant.now();
        Message message = new Message(
                organization,
                ids.next(),
                thread,
                Origin.OUTBOUND,
                "Recruiter " + text,
                Json.text(Map.of("type", "text", "text", Map.of("value", text))),
                Json.text(Map.of("note", text)),
                Delivery.acceptedAt(now),
                Phase.QUEUED,
                null,
                now.plus(Duration.ofHours(24)),
                1,
                now,
                now);
        Written<Submitted> written = submit.submit(
                new SubmitCommand(message, true, rule -> List.of(), false, SubmitCommand.INTERACTIVE, idempotency));
        if (!(written instanceof Written.Done<Submitted>(Submitted.Accepted accepted))) {
            throw new AssertionError("not accepted: " + written);
        }
        return accepted.message().id();
    }

    /** As a claim leaves it: an attempt of the message is under way. */
    public void open(UUID message) {
        run("update messages set phase = 'open', tries = 1 where id = '" + message + "'");
        run(
                "insert into attempts (organization_id, message_id, number, account_id, fence, opened_at) values ('%s','%s',1,'%s',1,now())"
                        .formatted(organization, message, account));
    }

    public void run(String sql) {
        database.call(connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.execute(sql);
            }
        });
    }

    public List<String> texts(String sql) {
        return database.call(connection -> {
            List<String> texts = new ArrayList<>();
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(sql)) {
                while (row.next()) {
                    texts.add(row.getString(1));
                }
            }
            return texts;
        });
    }

    public String text(String sql) {
        return texts(sql).getFirst();
    }

    List<String> events(UUID resource) {
        return texts(
                "select event || coalesce(' ' || array_to_string(fields, ','), '') from events where resource_id = '"
                        + resource + "' order by position");
    }

    /** What is still to be sent of a thread, in its order. */
    List<String> queue(UUID thread) {
        return texts(
                "select payload->'text'->>'value' from messages m join thread_dispatch d using (organization_id, thread_id) "
                        + "where thread_id = '" + thread + "' and m.seq > d.done_seq and phase <> 'done' order by seq");
    }

    @Override
    public void close() {
        server.close();
        submit.close();
        database.close();
        test.close();
    }
}
