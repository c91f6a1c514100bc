package dev.parley.server.messages;

import dev.parley.server.payloads.PayloadKind;
import dev.parley.server.payloads.Payloads;
import dev.parley.server.platform.db.GroupLimits;
import dev.parley.server.platform.http.Caller;
import dev.parley.server.platform.http.HttpClients;
import dev.parley.server.platform.http.HttpEdge;
import dev.parley.server.platform.http.HttpObserver;
import dev.parley.server.platform.http.HttpOptions;
import dev.parley.server.platform.http.HttpServer;
import dev.parley.server.platform.ids.Ids;
import dev.parley.server.platform.json.Json;
import dev.parley.server.platform.jsonapi.JsonApi;
import dev.parley.server.platform.jsonapi.ListScope;
import dev.parley.server.platform.kept.KeptCalls;
import dev.parley.server.platform.quota.Quota;
import dev.parley.testkit.clock.SteerableClock;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.NullUnmarked;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Messages, served over real HTTP on a real database. The token is the organization's id. */
@NullUnmarked
final class MessagesServer implements AutoCloseable {

    static final UUID A = UUID.fromString("01919a1c-0001-7c11-8a44-1f2e3d4c5b6a");
    static final UUID B = UUID.fromString("01919a1c-0002-7c11-8a44-1f2e3d4c5b6b");
    static final String MESSAGES = "/public/v2/messages";

    final MessagesDatabase db = new MessagesDatabase();
    final SteerableClock clock = SteerableClock.realNow();
    final AtomicLong nanos = new AtomicLong();
    final Quota queue;
    private final SubmitService submits;
    private final HttpServer server;
    private final boolean madeUp;

    MessagesServer() throws Exception {
        this(new GroupLimits(256, GroupLimits.BYTES, 1000, 10_000, Duration.ofSeconds(30)));
    }

    MessagesServer(GroupLimits limits) throws Exception {
        this(limits, List.of());
    }

    MessagesServer(GroupLimits limits, List<PayloadKind> kinds) throws Exception {
        this(limits, kinds, 0);
    }

    /** With a quota of messages that are accepted and not handed over. */
    MessagesServer(int mostQueued) throws Exception {
        this(new GroupLimits(256, GroupLimits.BYTES, 1000, 10_000, Duration.ofSeconds(30)), List.of(), mostQueued);
    }

    private MessagesServer(GroupLimits limits, List<PayloadKind> kinds, int mostQueued) throws Exception {
        queue = new Quota(db.database, mostQueued, QueueCountStore::waiting, nanos::get);
        madeUp = !kinds.isEmpty();
        submits = new SubmitService(
                db.database,
                limits,
                MessagesDatabase.RULES,
                Duration.ofHours(24),
                (organization, account) -> {},
                AcceptClaims.NONE,
                SubmitMeter.NONE,
                queue);
        JsonApi api = new JsonApi(
                "/public/v2",
                32,
                db.database,
                answers -> new KeptCalls(db.database, answers, Ids.timeOrdered(), Duration.ofHours(24)),
                ListScope.of(Duration.ofSeconds(5), clock));
        MessageRoutes routes = new MessageRoutes(
                submits,
                new Payloads(kinds),
                db.database,
                MessagesDatabase.RULES,
                Ids.timeOrdered(),
                clock,
                MessageRoutes.Options.DEFAULTS);
        HttpEdge edge = new HttpEdge(
                token -> Caller.organization(UUID.fromString(token), "test"),
                api.failures(),
                HttpObserver.NONE,
                () -> "id");
        server = HttpServer.start(HttpOptions.defaults(), edge, routes.routes(api));
    }

    /** Where it is, without a slash at the end. */
    String url() {
        return server.url();
    }

    /** How many requests wait to be accepted. */
    int queued() {
        return submits.queued();
    }

    HttpResponse<String> send(UUID organization, String method, String path, Object body, String... headers) {
        List<String> all = new ArrayList<>(List.of("Authorization", "Bearer " + organization));
        all.addAll(List.of(headers));
        if (body != null) {
            all.addAll(List.of("Content-Type", "application/vnd.api+json"));
        }
        String url = server.url() + (path.startsWith("/") ? path : MESSAGES + "/" + path);
        String text = body == null ? null : body.toString();
        String[] fields = all.toArray(String[]::new);
        return madeUp ? HttpClients.sendMadeUp(method, url, text, fields) : HttpClients.send(method, url, text, fields);
    }

    HttpResponse<String> post(Object body, String... headers) {
        return send(A, "POST", MESSAGES, body, headers);
    }

    HttpResponse<String> get(String path) {
        return send(A, "GET", path, null);
    }

    HttpResponse<String> patch(String id, String attributes) {
        return send(A, "PATCH", id, "{\"data\":{\"type\":\"messages\",\"attributes\":{" + attributes + "}}}");
    }

    HttpResponse<String> delete(String id) {
        return send(A, "DELETE", id, null);
    }

    /** Sends a text that is accepted; its id. */
    String accepted(UUID thread, String more) {
        HttpResponse<String> answer = post(text(thread, "Hello", more));
        if (answer.statusCode() != 201) {
            throw new AssertionError(answer.body());
        }
        return json(answer).at("/data/id").stringValue();
    }

    /** A document that sends a text; {@code more} are further attributes, each with a comma before it. */
    static String text(UUID thread, String text, String more) {
        return document("\"sendBy\":\"John\",\"messageThreadId\":\"" + thread
                + "\",\"payload\":{\"type\":\"text\",\"text\":{\"value\":\"" + text + "\"}}" + more);
    }

    static String document(String attributes) {
        return "{\"data\":{\"type\":\"messages\",\"attributes\":{" + attributes + "}}}";
    }

    static ObjectNode json(HttpResponse<String> answer) {
        return (ObjectNode) Json.MAPPER.readTree(answer.body());
    }

    /** Each error as status, code and the value of its source. */
    static List<String> errors(HttpResponse<String> answer) {
        List<String> errors = new ArrayList<>();
        for (JsonNode error : json(answer).get("errors")) {
            JsonNode source = error.get("source");
            String where = source == null
                    ? ""
                    : " " + source.properties().iterator().next().getValue().stringValue();
            errors.add(
                    error.get("status").stringValue() + " " + error.get("code").stringValue() + where);
        }
        return errors;
    }

    @Override
    public void close() {
        server.close();
        submits.close();
        db.close();
    }
}
