package dev.parley.server.platform.metrics;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The answers of the management port: {@code GET /health/live}, {@code /health/ready}, {@code /metrics}. Safe for use by
 * many threads.
 */
public final class ManagementPages {

    /** How long one check may take before it counts as down. */
    public static final Duration CHECK_TIMEOUT = Duration.ofSeconds(2);

    private static final String JSON = "application/json";

    private final Metrics metrics;
    private final List<HealthCheck> checks;
    private final Duration timeout;
    private volatile Readiness readiness = Readiness.STARTING;

    public ManagementPages(Metrics metrics, List<HealthCheck> checks) {
        this(metrics, checks, CHECK_TIMEOUT);
    }

    ManagementPages(Metrics metrics, List<HealthCheck> checks, Duration timeout) {
        this.metrics = metrics;
        this.checks = List.copyOf(checks);
        this.timeout = timeout;
    }

    /** Says where the node is in its life. */
    public void become(Readiness now) {
        readiness = now;
    }

    /** 200 as long as the process can answer at all: it need not be restarted. */
    public Page live() {
        return new Page(200, JSON, "{\"status\":\"up\"}");
    }

    /** 200 when the node takes requests and each check holds, else 503; the body names each. */
    public Page ready() {
        Map<String, String> results = new LinkedHashMap<>();
        results.put("node", readiness.name().toLowerCase(Locale.ROOT));
        boolean ready = readiness == Readiness.READY;
        for (Map.Entry<String, Health> check : runChecks().entrySet()) {
            results.put(check.getKey(), describe(check.getValue()));
            ready &= check.getValue() instanceof Health.Up;
        }
        Map<String, Object> body = Map.of("status", ready ? "up" : "down", "checks", results);
        return new Page(ready ? 200 : 503, JSON, JsonMapper.shared().writeValueAsString(body));
    }

    /** Every metric, in Prometheus' text form. */
    public Page metrics() {
        return new Page(200, "text/plain; version=0.0.4; charset=utf-8", metrics.scrape());
    }

    private static String describe(Health health) {
        return switch (health) {
            case Health.Up() -> "up";
            case Health.Down(String reason) -> "down: " + reason;
        };
    }

    private Map<String, Health> runChecks() {
        Map<String, Health> results = new LinkedHashMap<>();
        // Not closed with try: that would wait for a check that hangs.
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        try {
            Map<String, Future<Health>> running = new LinkedHashMap<>();
            checks.forEach(check -> running.put(check.name(), threads.submit(check::check)));
            long end = System.nanoTime() + timeout.toNanos();
            running.forEach((name, future) -> results.put(name, await(future, end - System.nanoTime())));
        } finally {
            threads.shutdownNow();
        }
        return results;
    }

    private static Health await(Future<Health> future, long nanos) {
        try {
            return future.get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return Health.down("no answer in time");
        } catch (ExecutionException | CancellationException e) {
            return Health.down("the check failed");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Health.down("interrupted");
        }
    }
}
