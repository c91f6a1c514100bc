package dev.parley.server.events.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.candidates.CandidateRoutes;
import dev.parley.server.events.Appended;
import dev.parley.server.events.Event;
import dev.parley.server.events.EventFixture;
import dev.parley.server.events.EventLog;
import dev.parley.server.events.feed.EventRoutes;
import dev.parley.server.platform.background.Repeater;
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
import dev.parley.server.platform.secrets.Secret;
import dev.parley.server.platform.secrets.SecretBox;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.NullUnmarked;
import tools.jackson.databind.JsonNode;

/** A server with streams, as the wiring makes them. A token is an organization's id, and holds until it is ended. */
@NullUnmarked
final class StreamWorld implements AutoCloseable, StreamMeter {

    static final String API = "/public/v2";
    static final String STREAM = API + "/events/stream";
    static final StreamOptions OPTIONS = new StreamOptions(
            100, 1000, Duration.ofSeconds(15), Duration.ofSeconds(20), List.of("https://app.example.com"));
    private static final Secret KEY = new Secret("MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=");

    final EventFixture events;
    final Set<String> endedTokens = ConcurrentHashMap.newKeySet();
    final Map<End, Integer> ends = Collections.synchronizedMap(new EnumMap<>(End.class));
    final AtomicInteger lagged = new AtomicInteger();
    Duration passed = Duration.ZERO;
    final LiveStreams streams;
    final HttpServer server;
    private final List<Repeater> repeaters = new ArrayList<>();

    StreamWorld() {
        this(OPTIONS);
    }

    StreamWorld(StreamOptions options) {
        this(options, new EventFixture());
    }

    /** Another node, when the fixture is another world's. */
    StreamWorld(StreamOptions options, EventFixture fixture) {
        events = fixture;
        JsonApi api = new JsonApi(API, 32);
        InstantSource clock = () -> Instant.now().plus(passed);
        streams = new LiveStreams(
                options,
                new LiveStreams.Tools(
                        events.database,
                        api.documents(),
                        clock,
                        RandomGenerator.getDefault(),
                        keys -> {
                            Set<String> ended = new HashSet<>(keys);
                            ended.retainAll(endedTokens);
                            return ended;
                        },
                        this));
        List<Route> routes = new ArrayList<>(
                new CandidateRoutes(api, events.database, InstantSource.system(), Ids.timeOrdered(), 100).routes());
        routes.addAll(new EventRoutes(api, events.database).routes());
        routes.addAll(streams.routes(api, new SecretBox(KEY, new SecureRandom()), Ids.timeOrdered())
                .routes());
        HttpEdge edge = new HttpEdge(
                token -> Caller.organization(UUID.fromString(token), "test").knownBy(token),
                api.failures(),
                HttpObserver.NONE,
                () -> "id");
        try {
            server = HttpServer.start(HttpOptions.defaults(), edge, routes);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        Appended appended = new Appended();
        events.database.afterCommit(EventLog.APPENDED, appended::signal);
        Repeater tail = Repeater.start("stream-tail", Duration.ofSeconds(1), streams::readTail);
        appended.wakes(tail::signal);
        repeaters.add(tail);
    }

    StreamReader open(String query, String... more) {
        return openAs(events.organization, query, more);
    }

    StreamReader openAs(UUID organization, String query, String... more) {
        List<String> headers = new ArrayList<>(List.of("Authorization", "Bearer " + organization));
        headers.addAll(List.of(more));
        return StreamReader.open(server.url() + STREAM + query, headers.toArray(String[]::new));
    }

    /** Appends an event; its resource is gone. */
    void append(UUID resource) {
        append("candidates", resource, null);
    }

    void append(String type, UUID resource, UUID thread) {
        events.database.transact(connection -> {
            append(connection, type, resource, thread);
            return 0;
        });
    }

    void append(Connection connection, String type, UUID resource, UUID thread) throws SQLException {
        EventLog.append(connection, event(events.organization, type, resource, thread));
    }

    static Event event(UUID organization, String type, UUID resource, UUID thread) {
        return new Event(
                organization,
                Event.Kind.DELETE,
                type,
                resource,
                thread,
                List.of(),
                null,
                InstantSource.system().instant());
    }

    /** Makes a candidate through the API; its resource. */
    JsonNode candidate(String name) {
        HttpResponse<String> answer = call(
                "POST",
                API + "/candidates",
                "{\"data\":{\"type\":\"candidates\",\"attributes\":{\"phone\":\"+31655500777\",\"firstName\":\"" + name
                        + "\"}}}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return Json.MAPPER.readTree(answer.body()).path("data");
    }

    HttpResponse<String> call(String method, String path, String body) {
        return HttpClients.send(
                method,
                server.url() + path.replace("[", "%5B").replace("]", "%5D"),
                body,
                "Authorization",
                "Bearer " + events.organization,
                "Content-Type",
                "application/vnd.api+json");
    }

    @Override
    public void sent(int count, Duration age) {}

    @Override
    public void ended(End end) {
        ends.merge(end, 1, Integer::sum);
    }

    @Override
    public void refused() {}

    @Override
    public void fellBehind() {
        lagged.incrementAndGet();
    }

    @Override
    public void close() {
        stop();
        events.close();
    }

    /** A node that shares its database with another is stopped. */
    void stop() {
        streams.close();
        repeaters.forEach(Repeater::close);
        server.close();
    }
}
