package dev.parley.server.platform.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

/**
 * The registry of metrics. Features register their own meters on {@link #registry}; names begin with {@code parley.},
 * labels hold few distinct values and never anything personal. Safe for use by many threads.
 */
public final class Metrics implements AutoCloseable {

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics garbage = new JvmGcMetrics();

    private Metrics() {}

    /** A registry that also measures the process: memory, garbage collection, threads, processor, files, uptime. */
    public static Metrics ofProcess(String version) {
        Metrics metrics = new Metrics();
        metrics.garbage.bindTo(metrics.registry);
        new JvmMemoryMetrics().bindTo(metrics.registry);
        new JvmThreadMetrics().bindTo(metrics.registry);
        new ProcessorMetrics().bindTo(metrics.registry);
        new FileDescriptorMetrics().bindTo(metrics.registry);
        new UptimeMetrics().bindTo(metrics.registry);
        Gauge.builder("parley.version", () -> 1)
                .description("Always 1; the label says which version runs")
                .tag("version", version)
                .register(metrics.registry);
        return metrics;
    }

    /** An empty registry, for tests. */
    public static Metrics empty() {
        return new Metrics();
    }

    /** Where meters are registered. */
    public MeterRegistry registry() {
        return registry;
    }

    /** Everything, in Prometheus' text form, version 0.0.4. */
    public String scrape() {
        return registry.scrape("text/plain; version=0.0.4; charset=utf-8");
    }

    @Override
    public void close() {
        garbage.close();
        registry.close();
    }
}
