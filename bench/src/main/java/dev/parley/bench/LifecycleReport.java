package dev.parley.bench;

import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;

/** Prints the table of whole lives, and what the database counted for each message. */
final class LifecycleReport {

    private static final int STATEMENTS = 24;

    private final PrintStream out;
    private final StringBuilder counted = new StringBuilder();

    LifecycleReport(PrintStream out) {
        this.out = out;
    }

    void head(BenchOptions options) {
        out.printf(
                Locale.ROOT,
                "%nWhole lives: %,d messages/s for %d s in an open loop over %,d threads, one account of %,d messages/s; each accepted, handed over, and"
                        + " reported as sent, delivered and read by signed callbacks%s.%n%n",
                options.lifecycle(),
                options.lifecycleSeconds(),
                options.threads(),
                World.accountRate(options),
                options.webhooks()
                        ? ", each of which is a webhook to one receiver, whose time is in the load generator's"
                        : "; there is no webhook");
        out.printf(
                Locale.ROOT,
                "| statuses a callback | accepts/s | refused | request due to 201: p50 | p99 | to the simulator: p50 | p99 | most ms"
                        + " | change to told: p50 | p99 | all done after s | processor ms a message: server | database | simulator | load generator |%n");
        out.printf(Locale.ROOT, "|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|%n");
    }

    void line(BenchOptions options, Lifecycle.Times times) {
        double sent = (double) options.lifecycle() * options.lifecycleSeconds();
        out.printf(
                Locale.ROOT,
                "| %d | %,.0f | %d | %.1f | %.1f | %.1f | %.1f | %.1f | %.1f | %.1f | %.1f | %.3f | %.3f | %.3f | %.3f |%n",
                times.batch(),
                times.accepted().perSecond(),
                times.accepted().others(),
                times.accepted().p50Micros() / 1000.0,
                times.accepted().p99Micros() / 1000.0,
                times.door().at(0.5) / 1000.0,
                times.door().at(0.99) / 1000.0,
                times.door().at(1) / 1000.0,
                times.told().at(0.5) / 1000.0,
                times.told().at(0.99) / 1000.0,
                times.settleMillis() / 1000.0,
                times.used().server() / sent,
                times.used().database() / sent,
                times.used().simulator() / sent,
                times.used().load() / sent);
        count(times, sent);
    }

    private void count(Lifecycle.Times times, double sent) {
        counted.append(String.format(Locale.ROOT, "%nA message, %d statuses a callback:%n", times.batch()));
        times.counts()
                .numbers()
                .forEach((name, value) ->
                        counted.append(String.format(Locale.ROOT, "  %-46s %10.3f%n", name, value / sent)));
        if (times.counts().statements().isEmpty()) {
            return;
        }
        counted.append(String.format(
                Locale.ROOT, "  %-46s %10.3f%n", "statements", times.counts().calls() / sent));
        counted.append("  calls, rows and µs a message; µs a call:\n");
        for (Map.Entry<String, Counts.Called> one : times.counts().costliest(STATEMENTS)) {
            Counts.Called called = one.getValue();
            counted.append(String.format(
                    Locale.ROOT,
                    "  %6.3f %6.2f %7.1f %7.0f  %s%n",
                    called.calls() / sent,
                    called.rows() / sent,
                    called.millis() * 1000 / sent,
                    called.millis() * 1000 / Math.max(1, called.calls()),
                    one.getKey()));
        }
    }

    void end() {
        out.println(counted);
    }
}
