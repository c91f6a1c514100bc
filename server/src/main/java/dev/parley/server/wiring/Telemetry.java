package dev.parley.server.wiring;

import dev.parley.server.accounts.Account;
import dev.parley.server.dispatch.DispatchMeter;
import dev.parley.server.messages.SubmitMeter;
import dev.parley.server.platform.http.HttpObserver;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.UUID;

/** What is measured of requests, accepting and attempts. Safe for use by many threads at once. */
final class Telemetry implements DispatchMeter, HttpObserver, SubmitMeter {

    /** The most organizations, and the most accounts, that have series of their own. */
    static final int MOST_OWNERS = 200;

    static final Duration[] BOUNDS = {
        Duration.ofMillis(2),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(2),
        Duration.ofSeconds(5),
        Duration.ofSeconds(20)
    };

    private final MeterRegistry registry;
    private final BoundedMetrics organizations;
    private final BoundedMetrics accounts;

    Telemetry(MeterRegistry registry) {
        this.registry = registry;
        this.organizations = new BoundedMetrics(
                registry,
                "parley.organization.accepts",
                "Messages handed in, by organization, and the time until their outcome was known",
                MOST_OWNERS);
        this.accounts = new BoundedMetrics(
                registry,
                "parley.account.attempts",
                "Attempts at a provider, by account, and how long the call took",
                MOST_OWNERS);
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
    public void submitted(UUID organization, String outcome, long nanos) {
        Duration time = Duration.ofNanos(nanos);
        Timer.builder("parley.accepts")
                .description("Messages handed in, and the time from the queue until their outcome was known")
                .tag("outcome", outcome)
                .serviceLevelObjectives(BOUNDS)
                .register(registry)
                .record(time);
        organizations.record(Tags.of("organization", organization.toString()), outcome, time);
    }

    @Override
    public void attempted(Account account, String outcome, long milliseconds) {
        Duration time = Duration.ofMillis(milliseconds);
        Timer.builder("parley.attempts")
                .description("Attempts at a provider, and how long the call took")
                .tags("provider", account.connector().provider(), "outcome", outcome)
                .serviceLevelObjectives(BOUNDS)
                .register(registry)
                .record(time);
        accounts.record(
                Tags.of(
                        "organization",
                        account.organizationId().toString(),
                        "account",
                        account.id().toString()),
                outcome,
                time);
    }
}
