package dev.parley.server.dispatch;

import dev.parley.connector.ByteSource;
import dev.parley.connector.Connector;
import dev.parley.connectors.Connectors;
import dev.parley.server.Schema;
import dev.parley.server.accounts.Account;
import dev.parley.server.accounts.AccountReader;
import dev.parley.server.messages.Delivery;
import dev.parley.server.messages.Message;
import dev.parley.server.messages.Origin;
import dev.parley.server.messages.Phase;
import dev.parley.server.messages.SubmitCommand;
import dev.parley.server.messages.SubmitMeter;
import dev.parley.server.messages.SubmitService;
import dev.parley.server.messages.Submitted;
import dev.parley.server.payloads.ChannelRule;
import dev.parley.server.payloads.Payloads;
import dev.parley.server.platform.db.Database;
import dev.parley.server.platform.db.GroupLimits;
import dev.parley.server.platform.db.Written;
import dev.parley.server.platform.ids.Ids;
import dev.parley.server.platform.json.Json;
import dev.parley.server.platform.net.CidrList;
import dev.parley.server.platform.outbound.GuardedHttp;
import dev.parley.server.platform.outbound.OutboundGuard;
import dev.parley.server.platform.outbound.OutboundLimits;
import dev.parley.server.platform.quota.Quota;
import dev.parley.simulator.Simulator;
import dev.parley.simulator.SimulatorOptions;
import dev.parley.testkit.postgres.TestDatabase;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** A database, a simulator, an organization with a WhatsApp account, and what sends between them. */
final class DispatchWorld implements AutoCloseable {

    final TestDatabase test;
    final Database database;
    final Simulator simulator;
    final GuardedHttp outbound;
    final Dispatcher dispatcher;
    final SubmitService submit;
    final UUID organization = UUID.randomUUID();
    final UUID account = UUID.randomUUID();
    final UUID node = UUID.randomUUID();
    final DispatchSettings settings;
    /** Accounts that other nodes were told of. */
    final Queue<UUID> handedOn = new ConcurrentLinkedQueue<>();
    /** How many claims met a version of the account that none had met before, also such as found nothing to send. */
    final AtomicInteger claims = new AtomicInteger();
    /** What dispatchers ask before they call. */
    volatile LastCheck check = (account, content) -> null;

    private final boolean dropped;
    private final Ids ids = Ids.timeOrdered();

    DispatchWorld() throws Exception {
        this(100);
    }

    /** @param concurrency how many calls may be under way */
    DispatchWorld(int concurrency) throws Exception {
        this(new DispatchSettings(
                concurrency,
                Duration.ofSeconds(1),
                Duration.ofSeconds(4),
                Duration.ofSeconds(5),
                Duration.ofMillis(50),
                Duration.ofSeconds(1),
                new Circuit.Limits(1000, Duration.ofMillis(100), Duration.ofSeconds(1))));
    }

    DispatchWorld(DispatchSettings settings) throws Exception {
        this(settings, InstantSource.system());
    }

    /** @param clock the node's, which need not be right */
    DispatchWorld(DispatchSettings settings, InstantSource clock) throws Exception {
        this(settings, clock, Schema.create(), true);
    }

    /** On a database that was migrated, and stays when this is closed. */
    DispatchWorld(DispatchSettings settings, TestDatabase migrated) throws Exception {
        this(settings, InstantSource.system(), migrated, false);
    }

    private DispatchWorld(DispatchSettings settings, InstantSource clock, TestDatabase test, boolean dropped)
            throws Exception {
        this.settings = settings;
        this.test = test;
        this.dropped = dropped;
        database = Schema.open(test);
        simulator = Simulator.start(SimulatorOptions.defaults());
        outbound = GuardedHttp.start(new OutboundGuard(CidrList.parse("127.0.0.0/8")), OutboundLimits.DEFAULT);
        dispatcher = dispatcherOn(database, clock);
        dispatcher.start();
        submit = submitOn(database);
        seed();
    }

    /** Accepts through this connection pool, for the world's dispatcher. */
    SubmitService submitOn(Database database) {
        return new SubmitService(
                database,
                new GroupLimits(GroupLimits.ROWS, GroupLimits.BYTES, 1000, 10_000, Duration.ofSeconds(2)),
                Connectors.all().stream().map(ChannelRule::of).toList(),
                Duration.ofHours(24),
                dispatcher,
                dispatcher.direct(),
                SubmitMeter.NONE,
                Quota.none(database));
    }

    /** A dispatcher that is not started yet, as the world's own. */
    Dispatcher dispatcherOn(Database database, InstantSource clock) {
        return new Dispatcher(
                database,
                node,
                reader(),
                new Payloads(List.of()),
                (organization, sha256, size) -> ByteSource.of(new byte[0]),
                (account, content) -> check.problem(account, content),
                outbound,
                settings,
                clock,
                RandomGenerator.getDefault(),
                (organization, account, reason) -> {},
                (organization, thread, sentTo, addresses) -> {},
                () -> {},
                (provider, outcome, milliseconds) -> {},
                (organization, account) -> handedOn.add(account));
    }

    /** Claims as the dispatcher does; for when that one is closed. */
    Claimer claimer() {
        return new Claimer(database, node, reader(), new Payloads(List.of()), settings, new Allowances());
    }

    private AccountReader reader() {
        Map<String, Connector> connectors =
                Connectors.all().stream().collect(Collectors.toMap(Connector::provider, Function.identity()));
        return new AccountReader(connectors, bytes -> {
            claims.incrementAndGet();
            return new String(bytes, StandardCharsets.UTF_8);
        });
    }

    private void seed() {
        String settings =
                "{\"phoneNumberId\":\"1001\",\"businessAccountId\":\"2001\",\"apiVersion\":\"v26.0\",\"baseUrl\":\""
                        + simulator.url() + "\"}";
        String secrets = "{\"accessToken\":\"t\",\"appSecret\":\"s\",\"verifyToken\":\"v\"}";
        database.transact(connection -> {
            try (PreparedStatement statement = connection.prepareStatement("""
                    insert into channel_accounts (organization_id, id, channel, provider, name, is_default, status,
                        messages_per_second, in_doubt, settings, secrets, created_at, updated_at)
                    values (?, ?, 'whatsapp', 'whatsapp-cloud', 'n', true, 'connected', 1000, 'fail', ?::jsonb, ?, now(), now())
                    """)) {
                statement.setObject(1, organization);
                statement.setObject(2, account);
                statement.setString(3, settings);
                statement.setBytes(4, secrets.getBytes(StandardCharsets.UTF_8));
                return statement.executeUpdate();
            }
        });
    }

    UUID thread(String identifier, Duration window) {
        UUID thread = ids.next();
        run("insert into threads (organization_id, id, channel, identifier, created_at, updated_at) values ('"
                + organization + "','" + thread + "','whatsapp','" + identifier + "', now(), now())");
        run("insert into thread_dispatch (organization_id, thread_id) values ('" + organization + "','" + thread
                + "')");
        run("insert into thread_windows (organization_id, thread_id, account_id, expires_at) values ('" + organization
                + "','" + thread + "','" + account + "', now() + interval '" + window.toSeconds() + " seconds')");
        return thread;
    }

    /** So many messages may go out by the commits that accept them, as if a claim had just left these tokens. */
    void allow(int tokens) {
        Account now = database.call(connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet row =
                            statement.executeQuery("select " + AccountReader.COLUMNS + " from channel_accounts a")) {
                row.next();
                return reader().read(row);
            }
        });
        dispatcher.allowances().withdraw(new AccountKey(organization, account));
        dispatcher
                .allowances()
                .grant(new Allowances.Grant(
                        now,
                        1,
                        tokens,
                        System.nanoTime() + Duration.ofMinutes(1).toNanos()));
    }

    Written<Submitted> submit(UUID thread, String text) {
        return submit(submit, thread, text);
    }

    Written<Submitted> submit(SubmitService submit, UUID thread, String text) {
        Instant now = Instant.now();
        String payload = Json.text(Map.of("type", "text", "text", Map.of("value", text)));
        Message message = new Message(
                organization,
                ids.next(),
                thread,
                Origin.OUTBOUND,
                "Ada",
                payload,
                null,
                Delivery.acceptedAt(now),
                Phase.QUEUED,
                null,
                now.plus(Duration.ofHours(24)),
                1,
                now,
                now);
        return submit.submit(
                new SubmitCommand(message, true, rule -> List.of(), false, SubmitCommand.INTERACTIVE, null));
    }

    List<String> statuses(UUID thread) {
        return texts("select delivery_status from messages where thread_id = '" + thread + "' order by seq");
    }

    /** The provider answers so late. */
    void slow(Duration answer) throws Exception {
        fault(Map.of("effects", Map.of("slow", Map.of("ms", answer.toMillis()))));
    }

    /** The provider does this to the next so many sends. */
    void next(int count, String effect, Map<String, Object> more) throws Exception {
        fault(Map.of("count", count, "effects", Map.of(effect, more)));
    }

    private void fault(Map<String, Object> one) throws Exception {
        String rule = Json.text(Map.of("rules", List.of(one)));
        HttpResponse<String> set = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(simulator.url() + "/_control/faults"))
                                .POST(HttpRequest.BodyPublishers.ofString(rule))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        if (set.statusCode() != 200) {
            throw new IllegalStateException(set.body());
        }
    }

    List<String> ledgerTexts() throws Exception {
        return ledger("text");
    }

    /** One member of what the provider was sent, the oldest first. */
    List<String> ledger(String member) throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(simulator.url() + "/_control/ledger?limit=1000"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        List<String> texts = new ArrayList<>();
        for (JsonNode entry : Json.MAPPER.readTree(answer.body()).path("entries")) {
            texts.add(entry.path(member).asString());
        }
        return texts;
    }

    void run(String sql) {
        database.call(connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.executeUpdate(sql);
            }
        });
    }

    long count(String sql) {
        return Long.parseLong(text(sql));
    }

    String text(String sql) {
        return texts(sql).getFirst();
    }

    List<String> texts(String sql) {
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

    @Override
    public void close() {
        submit.close();
        dispatcher.close();
        outbound.close();
        simulator.close();
        database.close();
        if (dropped) {
            test.close();
        }
    }
}
