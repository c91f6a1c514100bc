package dev.parley.server.wiring;

import dev.parley.server.events.stream.LiveStreams;
import dev.parley.server.events.stream.StreamOptions;
import dev.parley.server.events.stream.StreamRoutes;
import dev.parley.server.organizations.TokenAuthenticator;
import dev.parley.server.platform.background.Repeater;
import dev.parley.server.platform.jsonapi.JsonApi;
import dev.parley.server.platform.settings.Settings;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Live streams: their routes, and what keeps them going. */
final class Streams implements AutoCloseable {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final LiveStreams live;
    private final StreamRoutes routes;
    private final List<Repeater> repeaters = new ArrayList<>();

    private Streams(LiveStreams live, StreamRoutes routes) {
        this.live = live;
        this.routes = routes;
    }

    /** Streams that are kept going once {@link #start} was called. */
    static Streams of(Platform platform, JsonApi api, TokenAuthenticator tokens) {
        Settings.Stream settings = platform.settings().stream();
        StreamOptions options = new StreamOptions(
                settings.perOrganization(),
                settings.perNode(),
                settings.heartbeat(),
                settings.patience(),
                settings.origins());
        LiveStreams live = new LiveStreams(
                options,
                new LiveStreams.Tools(
                        platform.database(),
                        api.documents(),
                        platform.clock(),
                        platform.random(),
                        tokens::ended,
                        new StreamMetrics(platform.metrics().registry())));
        return new Streams(live, live.routes(api, platform.keys().box(), platform.ids()));
    }

    StreamRoutes routes() {
        return routes;
    }

    /** Hands on from now on, until closed. */
    Streams start(Platform platform, TokenAuthenticator tokens) {
        Repeater tail = Repeater.start("stream-tail", SECOND, live::readTail);
        Repeater keeper = Repeater.start("stream-keeper", SECOND, live::keep);
        repeaters.addAll(List.of(tail, keeper));
        platform.appended().wakes(tail::signal);
        tokens.whenForgotten(() -> {
            live.tokensMayHaveEnded();
            keeper.signal();
        });
        MeterRegistry registry = platform.metrics().registry();
        Gauge.builder("parley.streams.open", live, LiveStreams::open)
                .description("Streams of events that are open")
                .register(registry);
        Gauge.builder("parley.streams.behind", live, LiveStreams::behind)
                .description("Streams that are being caught up from the log")
                .register(registry);
        return this;
    }

    /** Ends the streams first: their readers are to go to another node while this one finishes its requests. */
    @Override
    public void close() {
        live.close();
        repeaters.forEach(Repeater::close);
    }
}
