package dev.parley.server.wiring;

import dev.parley.server.dispatch.DispatchRecall;
import dev.parley.server.dispatch.DoubtSweep;
import dev.parley.server.dispatch.NodeHeartbeat;
import dev.parley.server.dispatch.ScheduleSweep;
import dev.parley.server.media.DownloadRecall;
import dev.parley.server.organizations.OrganizationRemoval;
import dev.parley.server.organizations.TokenUses;
import dev.parley.server.platform.background.Repeater;
import dev.parley.server.platform.clock.ClockWatch;
import dev.parley.server.platform.db.Database;
import dev.parley.server.platform.db.DatabaseException;
import dev.parley.server.threads.ThreadSweep;
import dev.parley.server.webhooks.EndpointMoves;
import dev.parley.server.webhooks.delivery.EndpointRecall;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a node does by itself, again and again. */
record Background(List<Repeater> repeaters, NodeHeartbeat heartbeat, TokenUses uses) implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Background.class);
    /** What providers report within this is applied together. */
    private static final Duration GATHER = Duration.ofMillis(20);

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration GAUGES = Duration.ofSeconds(5);

    static Background start(Platform platform, Messaging messaging, Media media, ThreadSweep threads, TokenUses uses) {
        Database database = platform.database();
        MeterRegistry registry = platform.metrics().registry();
        UUID node = platform.hints().node();
        NodeHeartbeat heartbeat =
                new NodeHeartbeat(database, node, platform.settings().doubt().evidenceWait());
        heartbeat.runOneCycle();
        messaging.dispatcher().start();
        Repeater updates = Repeater.start("callback-applier", SECOND, GATHER, messaging.applier()::runOneCycle);
        messaging.updates().connect(updates);
        Repeater merges = Repeater.start("thread-sweep", Duration.ofSeconds(5), () -> {
            threads.runOneCycle();
            return 0;
        });
        messaging.merges().connect(merges);
        Repeater templates = Repeater.start(
                "template-refresh", Duration.ofMinutes(1), messaging.templates().sync()::runWanted);
        messaging.templates().wanted().connect(templates);
        DispatchRecall dispatch = new DispatchRecall(
                platform.settings().dispatch().lease(),
                platform.settings().doubt().evidenceWait());
        ClockWatch watch = new ClockWatch(
                database, System::nanoTime, List.of(dispatch, new EndpointRecall(), new DownloadRecall()));
        return new Background(
                List.of(
                        Repeater.start("dispatch-look", SECOND, () -> {
                            messaging.dispatcher().look();
                            return 0;
                        }),
                        updates,
                        merges,
                        Repeater.start("read-receipts", SECOND, messaging.receipts()::runOneCycle),
                        templates,
                        Repeater.start("doubt-sweep", SECOND, new DoubtSweep(database, node)::runOneCycle),
                        Repeater.start(
                                "schedule-sweep",
                                Duration.ofMillis(500),
                                new ScheduleSweep(database, messaging.dispatcher())::runOneCycle),
                        Repeater.start(
                                "organization-removal",
                                Duration.ofMinutes(1),
                                new OrganizationRemoval(database)::runOneCycle),
                        Repeater.start("token-uses", MINUTE, MINUTE, uses::runOneCycle),
                        Repeater.start("webhook-moves", SECOND, new EndpointMoves(database)::runOneCycle),
                        Repeater.start("media-downloads", SECOND, messaging.downloads()::runOneCycle),
                        Repeater.start("media-sweep", Duration.ofSeconds(5), media.sweep(platform)::runOneCycle),
                        Repeater.start("node-heartbeat", Duration.ofSeconds(5), () -> {
                            heartbeat.runOneCycle();
                            return 0;
                        }),
                        Repeater.start("clock-watch", Duration.ofSeconds(5), () -> {
                            platform.clock().compare(database);
                            watch.runOneCycle();
                            return 0;
                        }),
                        Repeater.start("work-gauges", GAUGES, new WorkGauges(database, registry)::runOneCycle),
                        Repeater.start(
                                "node-gauges",
                                GAUGES,
                                new NodeGauges(messaging, platform.clock(), database, registry)::runOneCycle)),
                heartbeat,
                uses);
    }

    @Override
    public void close() {
        repeaters.forEach(Repeater::close);
        try {
            uses.runOneCycle();
            heartbeat.stop();
        } catch (DatabaseException e) {
            // Then its row grows old; that its session is gone says the same at once.
            LOG.info("could not say that this node stops: {}", e.getMessage());
        }
    }
}
