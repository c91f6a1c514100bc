package dev.parley.server.organizations;

import dev.parley.server.Schema;
import dev.parley.server.audit.AuditRoutes;
import dev.parley.server.candidates.CandidateRoutes;
import dev.parley.server.candidates.CandidateStatuses;
import dev.parley.server.platform.db.Database;
import dev.parley.server.platform.http.HttpClients;
import dev.parley.server.platform.http.HttpEdge;
import dev.parley.server.platform.http.HttpObserver;
import dev.parley.server.platform.http.HttpOptions;
import dev.parley.server.platform.http.HttpServer;
import dev.parley.server.platform.http.Route;
import dev.parley.server.platform.ids.Ids;
import dev.parley.server.platform.json.Json;
import dev.parley.server.platform.jsonapi.JsonApi;
import dev.parley.server.platform.kept.KeptCalls;
import dev.parley.server.platform.net.CidrList;
import dev.parley.server.platform.outbound.OutboundGuard;
import dev.parley.server.platform.secrets.Secret;
import dev.parley.server.platform.secrets.SecretBox;
import dev.parley.server.platform.secrets.SecretKeys;
import dev.parley.server.webhooks.StoredRedelivery;
import dev.parley.server.webhooks.WebhookAddresses;
import dev.parley.server.webhooks.WebhookRoutes;
import dev.parley.testkit.clock.SteerableClock;
import dev.parley.testkit.postgres.TestDatabase;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.NullUnmarked;
import tools.jackson.databind.JsonNode;

/** A server with organizations and candidates on a database of its own. */
@NullUnmarked
public final class OrganizationWorld implements AutoCloseable {

    public static final String PARTNER = "the-partner-token";

    public static final int MOST_WEBHOOKS = 5;

    /** With the four that each organization starts with. */
    public static final int MOST_STATUSES = 7;

    public static final int MOST_TOKENS = 3;

    public final SteerableClock clock = SteerableClock.fixed();
    /** What the authenticator's memory goes by; near its end, as a ticker may wrap around. */
    final AtomicLong ticks = new AtomicLong(Long.MAX_VALUE - 1_000_000_000L);

    final SecretBox secrets;
    final OrganizationService service;
    final TokenUses uses;
    final TokenAuthenticator authenticator;
    public final Database database;
    private final TestDatabase test;
    private final HttpServer server;

    public OrganizationWorld() throws Exception {
        test = Schema.create();
        database = Schema.open(test);
        SecureRandom random = new SecureRandom();
        secrets = new SecretBox(new Secret(SecretKeys.make(random)), random);
        uses = new TokenUses(database, clock);
        authenticator = new TokenAuthenticator(database, ticks::get, () -> {}, uses);
        Ids ids = Ids.timeOrdered();
        CandidateStatuses statuses = new CandidateStatuses(ids);
        service = new OrganizationService(
                database,
                clock,
                ids,
                random,
                secrets,
                authenticator,
                List.of(statuses::seed),
                new WebhookAddresses(ids)::changed);
        service.installPartnerToken(PARTNER);
        JsonApi api = new JsonApi(
                "/public/v2", 32, database, answers -> new KeptCalls(database, answers, ids, Duration.ofHours(24)));
        OutboundGuard guard = new OutboundGuard(CidrList.NONE);
        List<Route> routes =
                new ArrayList<>(new OrganizationRoutes(api, database, service, ids, guard, MOST_TOKENS).routes());
        routes.addAll(new CandidateRoutes(api, database, clock, ids, MOST_STATUSES).routes());
        routes.addAll(new WebhookRoutes(
                        api,
                        database,
                        clock,
                        ids,
                        guard,
                        new StoredRedelivery(database, System::nanoTime),
                        MOST_WEBHOOKS)
                .routes());
        routes.addAll(new AuditRoutes(api, database).routes());
        HttpEdge edge = new HttpEdge(authenticator, api.failures(), HttpObserver.NONE, () -> "request");
        server = HttpServer.start(HttpOptions.defaults(), edge, routes);
    }

    public Made organization(String name) {
        return service.create(name);
    }

    /** Sends with that token, below the base path. */
    public HttpResponse<String> send(String token, String method, String path, String body, String... more) {
        List<String> headers = new ArrayList<>(List.of("Authorization", token, "Accept", "*/*"));
        if (body != null) {
            headers.addAll(List.of("Content-Type", "application/vnd.api+json"));
        }
        headers.addAll(List.of(more));
        return HttpClients.send(method, server.url() + "/public/v2" + path, body, headers.toArray(String[]::new));
    }

    public static JsonNode json(HttpResponse<String> answer) {
        return Json.MAPPER.readTree(answer.body());
    }

    /** Each error as status, code and pointer. */
    public static List<String> errors(HttpResponse<String> answer) {
        return StreamSupport.stream(json(answer).get("errors").spliterator(), false)
                .map(e -> e.get("status").stringValue() + " " + e.get("code").stringValue() + " "
                        + e.at("/source/pointer").asString())
                .toList();
    }

    /** The first column of each row, as text. */
    public List<String> query(String sql) throws SQLException {
        try (Connection connection = test.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        }
    }

    public void execute(String sql) throws SQLException {
        try (Connection connection = test.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() {
        server.close();
        database.close();
        test.close();
    }
}
