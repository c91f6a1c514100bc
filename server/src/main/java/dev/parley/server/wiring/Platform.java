package dev.parley.server.wiring;

import dev.parley.connector.Connector;
import dev.parley.connectors.Connectors;
import dev.parley.server.events.Appended;
import dev.parley.server.events.EventLog;
import dev.parley.server.platform.clock.NodeClock;
import dev.parley.server.platform.db.Database;
import dev.parley.server.platform.ids.Ids;
import dev.parley.server.platform.metrics.Metrics;
import dev.parley.server.platform.outbound.GuardedHttp;
import dev.parley.server.platform.outbound.OutboundGuard;
import dev.parley.server.platform.outbound.OutboundLimits;
import dev.parley.server.platform.settings.Settings;
import java.time.InstantSource;
import java.util.List;
import java.util.random.RandomGenerator;

/** What every feature is made with. */
record Platform(
        Settings settings,
        Database database,
        Keys keys,
        Metrics metrics,
        Hints hints,
        Appended appended,
        OutboundGuard guard,
        GuardedHttp outbound,
        Quotas quotas,
        List<Connector> connectors,
        Ids ids,
        NodeClock clock,
        RandomGenerator random)
        implements AutoCloseable {

    /** @param machine the machine's clock */
    static Platform of(Settings settings, Storage storage, Metrics metrics, InstantSource machine) {
        NodeClock clock = new NodeClock(machine);
        clock.compare(storage.database());
        OutboundGuard guard = new OutboundGuard(settings.outbound().allow());
        OutboundLimits limits = new OutboundLimits(
                settings.outbound().maxConnectionsPerHost(),
                OutboundLimits.DEFAULT.waitingPerHost(),
                OutboundLimits.DEFAULT.connectTimeout(),
                OutboundLimits.DEFAULT.keepAlive());
        Ids ids = Ids.timeOrdered();
        Hints hints = new Hints(storage.database(), ids.next(), metrics.registry());
        return new Platform(
                settings,
                storage.database(),
                Keys.open(settings, storage.folder()),
                metrics,
                hints,
                appended(storage.database(), hints),
                guard,
                GuardedHttp.start(guard, limits),
                Quotas.of(storage.database(), settings.load().quotas(), metrics.registry()),
                Connectors.all(),
                ids,
                clock,
                RandomGenerator.getDefault());
    }

    private static Appended appended(Database database, Hints hints) {
        Appended appended = new Appended();
        database.afterCommit(EventLog.APPENDED, appended::signal);
        database.afterCommit(EventLog.APPENDED, hints::eventsAppended);
        return appended;
    }

    @Override
    public void close() {
        outbound.close();
        hints.close();
    }
}
