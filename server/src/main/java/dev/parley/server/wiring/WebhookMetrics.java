package dev.parley.server.wiring;

import dev.parley.server.webhooks.delivery.Deliverer;
import dev.parley.server.webhooks.delivery.DeliveryMeter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/** What is measured of webhooks. Safe for use by many threads at once. */
final class WebhookMetrics implements DeliveryMeter {

    private final MeterRegistry registry;
    private final Timer delay;

    WebhookMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.delay = Timer.builder("parley.webhooks.delay")
                .description("From the event until its receiver had taken it")
                .serviceLevelObjectives(Telemetry.BOUNDS)
                .register(registry);
    }

    @Override
    public void tried(String outcome, Duration took) {
        Timer.builder("parley.webhooks.tries")
                .description("Tries to deliver an event, and how long the call took")
                .tag("outcome", outcome)
                .serviceLevelObjectives(Telemetry.BOUNDS)
                .register(registry)
                .record(took);
    }

    @Override
    public void delivered(Duration sinceEvent) {
        delay.record(sinceEvent.isNegative() ? Duration.ZERO : sinceEvent);
    }

    /** What is under way on this node. */
    void watch(Deliverer deliverer) {
        Gauge.builder("parley.webhooks.under.way", deliverer::underWay)
                .description("Requests of webhooks that are under way on this node, their results included")
                .register(registry);
        Gauge.builder("parley.writer.queue", deliverer::resultsQueued)
                .description("Rows that wait for their group on this node")
                .tag("writer", "webhooks")
                .register(registry);
    }
}
