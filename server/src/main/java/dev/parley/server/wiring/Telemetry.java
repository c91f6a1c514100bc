package dev.parley.server.wiring;

import dev.parley.server.dispatch.DispatchMeter;
import dev.parley.server.platform.http.HttpObserver;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/** What is measured of requests and attempts. Safe for use by many threads at once. */
final class Telemetry implements DispatchMeter, HttpObserver {

    private final MeterRegistry registry;

    Telemetry(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void answered(String method, String template, int status, long nanos) {
        Timer.builder("parley.http.requests")
                .description("Requests answered, and the time from first byte to answer")
                .tags("method", method, "route", template, "status", Integer.toString(status))
                .register(registry)
                .record(Duration.ofNanos(nanos));
    }

    @Override
    public void attempted(String provider, String outcome, long milliseconds) {
        Timer.builder("parley.attempts")
                .description("Attempts at a provider, and how long the call took")
                .tags("provider", provider, "outcome", outcome)
                .register(registry)
                .record(Duration.ofMillis(milliseconds));
    }
}
