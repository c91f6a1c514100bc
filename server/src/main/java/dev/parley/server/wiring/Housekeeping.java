package dev.parley.server.wiring;

import dev.parley.server.callbacks.CallbackSweep;
import dev.parley.server.erasure.ErasureSweep;
import dev.parley.server.platform.settings.Settings;
import dev.parley.server.retention.Job;
import dev.parley.server.retention.RetentionJobs;
import dev.parley.server.retention.RetentionScheduler;
import dev.parley.server.retention.RetentionSettings;
import dev.parley.server.templates.TemplateSync;
import io.micrometer.core.instrument.Counter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What is done by the clock, by one node at a time. */
final class Housekeeping {

    private Housekeeping() {}

    static RetentionScheduler start(Platform platform, Media media, TemplateSync templates) {
        Settings.Retention kept = platform.settings().retention();
        List<Job> jobs = new ArrayList<>(RetentionJobs.all(
                platform.database(),
                new RetentionSettings(
                        kept.events(), kept.idempotency(), kept.attempts(), kept.webhookLogs(), kept.audit()),
                platform.random()));
        Counter dropped = Counter.builder("parley.callbacks.dropped")
                .description("Updates from providers that matched nothing for as long as they are kept")
                .register(platform.metrics().registry());
        CallbackSweep callbacks = new CallbackSweep(platform.database(), kept.parked(), kept.rawCallbacks());
        jobs.add(Job.every("callback-sweep", Duration.ofMinutes(1), () -> {
            dropped.increment(callbacks.runOneCycle());
            return 0;
        }));
        jobs.add(Job.every("erasure-sweep", Duration.ofHours(1), new ErasureSweep(platform.database())::runOneCycle));
        jobs.add(Job.every("media-strays", Duration.ofHours(1), media.sweep(platform)::adoptStrays));
        jobs.add(Job.every("template-sync", platform.settings().message().templateSync(), templates::runOneCycle));
        return RetentionScheduler.start(platform.database(), jobs);
    }
}
