package dev.parley.server.wiring;

import dev.parley.server.media.MediaSizeStore;
import dev.parley.server.messages.QueueCountStore;
import dev.parley.server.platform.background.Repeater;
import dev.parley.server.platform.db.Database;
import dev.parley.server.platform.quota.Quota;
import dev.parley.server.platform.settings.LoadSettings;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;

/** What each organization may have of what costs the operator. */
record Quotas(Quota queue, Quota storage) {

    static Quotas of(Database database, LoadSettings.Quotas settings, MeterRegistry registry) {
        Quota queue = new Quota(database, settings.queuedMessages(), QueueCountStore::waiting, System::nanoTime);
        Quota storage = new Quota(
                database,
                settings.storage().bytes(),
                (connection, organizations, most) -> MediaSizeStore.stored(connection, organizations),
                System::nanoTime);
        register(registry, queue, "queue");
        register(registry, storage, "storage");
        return new Quotas(queue, storage);
    }

    private static void register(MeterRegistry registry, Quota quota, String name) {
        Gauge.builder("parley.quota.fullest", quota, Quota::fullest)
                .description(
                        "The largest part of its quota that an organization has, of those that asked this node lately")
                .tag("quota", name)
                .strongReference(true)
                .register(registry);
        FunctionCounter.builder("parley.quota.refused", quota, Quota::refused)
                .description("What was refused as an organization has as much as it may")
                .tag("quota", name)
                .register(registry);
    }

    /** Reads what there is, again and again, until closed. */
    List<Repeater> start() {
        return List.of(
                Repeater.start("queue-quota", Duration.ofSeconds(1), queue::runOneCycle),
                Repeater.start("storage-quota", Duration.ofSeconds(5), storage::runOneCycle));
    }
}
